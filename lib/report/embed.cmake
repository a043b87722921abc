# Writes OUT, a source file with the texts that every report carries: the style and the scripts in
# WEB, in the order of their names, and of d3 the modules that these use, from the folder D3 if it is
# given: half of what the whole of it takes.
file(GLOB parts ${WEB}/*.js)
list(SORT parts)
set(script "")
foreach(part IN LISTS parts)
  file(READ ${part} text)
  # What only readers of the sources want would travel with every report.
  string(REGEX REPLACE "\n *//[^\n]*" "" text "${text}")
  string(REGEX REPLACE "\n +" "\n" text "${text}")
  string(APPEND script "${text}")
endforeach()
file(READ ${WEB}/report.css style)
string(REGEX REPLACE "\n +" "\n" style "${style}")
set(library "")
if(D3)
  foreach(module IN ITEMS array collection color format interpolate path selection shape time
                          time-format scale)
    file(READ ${D3}/d3-${module}/dist/d3-${module}.min.js text)
    # A comment at its end may name a map that nobody has.
    string(REGEX REPLACE "//# sourceMappingURL=[^\n]*" "" text "${text}")
    string(APPEND library "${text}\n;")
  endforeach()
endif()
# The standard asks compilers for texts of 65,536 letters; those that build this take more.
set(source "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"report/assets.h\"\n\nnamespace casus::report {\n\n")
foreach(name IN ITEMS style script library)
  string(FIND "${${name}}" "</script" ends)
  if(NOT ends EQUAL -1)
    message(FATAL_ERROR "the ${name} of reports ends its own element")
  endif()
  string(APPEND source "extern const std::string_view ${name}_text = R\"web~(${${name}})web~\";\n")
endforeach()
file(WRITE ${OUT} "${source}\n}  // namespace casus::report\n")
