# The mathematical functions named in core/pinned_math.h, as one object: taken from musl's C library,
# renamed casus_NAME, and everything else of it made local. Functions of the system's library choose
# at run time between variants for different processors, which differ in the last bit.
#
# Read by lib/CMakeLists.txt, and run by the build as a script (cmake -P) to make the object.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(LIST ${CMAKE_CURRENT_LIST_DIR}/core/pinned_math.h)
endif()
file(STRINGS ${LIST} rows REGEX "^CASUS_PINNED\\(")
list(TRANSFORM rows REPLACE "^CASUS_PINNED\\([a-z]+, ([a-z0-9]+),.*" "\\1" OUTPUT_VARIABLE names)

if(NOT CMAKE_SCRIPT_MODE_FILE)
  find_library(CASUS_MUSL NAMES libc.a
    PATHS /usr/lib/${CMAKE_SYSTEM_PROCESSOR}-linux-musl /usr/lib/musl/lib NO_DEFAULT_PATH
    DOC "musl's static C library, from which the mathematical functions are taken")
  if(NOT CASUS_MUSL)
    message(FATAL_ERROR "musl's libc.a is not there (Debian: musl-dev); CASUS_MUSL says where it is")
  endif()
  # Those of binutils: a linker that serves every machine wants to be told which.
  find_program(CASUS_BINUTILS_AR NAMES ar REQUIRED)
  find_program(CASUS_BINUTILS_LD NAMES ld.bfd ld REQUIRED)
  find_program(CASUS_BINUTILS_OBJCOPY NAMES objcopy REQUIRED)
  set(CASUS_PINNED_LIST ${LIST})
  set(CASUS_PINNED_OBJECT ${CMAKE_CURRENT_BINARY_DIR}/pinned_math.o)
  list(TRANSFORM names PREPEND -fno-builtin- OUTPUT_VARIABLE CASUS_PINNED_OPTIONS)
  add_custom_command(OUTPUT ${CASUS_PINNED_OBJECT}
    COMMAND ${CMAKE_COMMAND} -DLIST=${LIST} -DLIBRARY=${CASUS_MUSL}
      -DOBJECT=${CASUS_PINNED_OBJECT} -DAR=${CASUS_BINUTILS_AR} -DLD=${CASUS_BINUTILS_LD}
      -DOBJCOPY=${CASUS_BINUTILS_OBJCOPY} -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${LIST} ${CASUS_MUSL} ${CMAKE_CURRENT_LIST_FILE}
    COMMENT "Taking the mathematical functions out of ${CASUS_MUSL}" VERBATIM)
  return()
endif()

set(wanted)
set(renamed)
foreach(name IN LISTS names)
  list(APPEND wanted -u ${name})
  list(APPEND renamed --redefine-sym ${name}=casus_${name} --keep-global-symbol casus_${name})
endforeach()

# The handler of smashed stacks stays the system's: that of musl would be a second one.
file(COPY_FILE ${LIBRARY} ${OBJECT}.a)
file(CHMOD ${OBJECT}.a PERMISSIONS OWNER_READ OWNER_WRITE)
foreach(step IN ITEMS delete extract rename)
  set(delete ${AR} d ${OBJECT}.a __stack_chk_fail.lo)
  set(extract ${LD} -r -o ${OBJECT}.all ${wanted} ${OBJECT}.a)
  set(rename ${OBJCOPY} ${renamed} ${OBJECT}.all ${OBJECT})
  execute_process(COMMAND ${${step}} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(REMOVE ${OBJECT}.a ${OBJECT}.all)
