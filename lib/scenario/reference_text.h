#pragma once

#include <string>
#include <string_view>

#include "scenario/field_info.h"

// Pieces of a page of the reference: plain text, wrapped.
namespace casus::scenario {

std::string heading(std::string_view title);
std::string paragraph(std::string_view text);
/// "  name    what it is", wrapped under itself.
std::string entry(std::string_view name, std::string_view text);
/// "unit: people"; nothing if the value is empty.
std::string fact(std::string_view name, std::string_view value);
/// What a field takes: type, unit, range, default, example.
std::string field_facts(const FieldInfo& field);
/// One line or two about a field, for the page of its section.
std::string field_entry(const FieldInfo& field);

std::string_view numbers_text();
std::string_view conditions_text();

}  // namespace casus::scenario
