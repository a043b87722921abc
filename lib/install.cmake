include(CMakePackageConfigHelpers)

set(CASUS_INSTALL_CMAKEDIR ${CMAKE_INSTALL_LIBDIR}/cmake/casus)
set(CASUS_INSTALL_SCENARIODIR ${CMAKE_INSTALL_DATADIR}/casus/scenarios)

install(TARGETS casus EXPORT casus-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET casus_program)
  install(TARGETS casus_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(TARGETS casus_cli_library EXPORT casus-targets
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endif()
if(TARGET casus_mpi)
  install(TARGETS casus_mpi RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/casus DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios/ DESTINATION ${CASUS_INSTALL_SCENARIODIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# CMake: find_package(casus), target casus::casus.
get_target_property(type casus TYPE)
string(COMPARE EQUAL "${type}" "SHARED_LIBRARY" CASUS_IS_SHARED)
install(EXPORT casus-targets NAMESPACE casus:: DESTINATION ${CASUS_INSTALL_CMAKEDIR})
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/lib/casus-config.cmake.in ${PROJECT_BINARY_DIR}/casus-config.cmake
  INSTALL_DESTINATION ${CASUS_INSTALL_CMAKEDIR} PATH_VARS CASUS_INSTALL_SCENARIODIR)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/casus-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/casus-config.cmake
              ${PROJECT_BINARY_DIR}/casus-config-version.cmake
        DESTINATION ${CASUS_INSTALL_CMAKEDIR})

# pkg-config. What a static archive needs must be linked by every consumer, so there it is public
# and works with or without --static.
set(requires " tbb, fmt, yaml-cpp, libcrypto, sqlite3, zlib, netcdf")
set(libs " -pthread")
if(CASUS_IS_SHARED)
  set(CASUS_PC_REQUIRES_PRIVATE "${requires}")
  set(CASUS_PC_LIBS_PRIVATE "${libs}")
else()
  set(CASUS_PC_REQUIRES "${requires}")
  set(CASUS_PC_LIBS "${libs}")
endif()
# Relative to the .pc file, so that an installed tree can be moved.
file(RELATIVE_PATH CASUS_PC_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" CASUS_PC_PREFIX "${CASUS_PC_PREFIX}")
configure_file(${PROJECT_SOURCE_DIR}/lib/casus.pc.in ${PROJECT_BINARY_DIR}/casus.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/casus.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
