#pragma once

#include <string_view>

namespace casus::report {

// What is put into every page; made from lib/report/web and the installed d3 when this is built.
extern const std::string_view style_text;
extern const std::string_view script_text;   ///< ours
extern const std::string_view library_text;  ///< d3; empty where it was not there

}  // namespace casus::report
