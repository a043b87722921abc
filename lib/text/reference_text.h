#pragma once

#include <span>
#include <string>
#include <string_view>

#include "text/field_info.h"

// Pieces of a page of the reference: plain text, wrapped.
namespace casus::text {

std::string heading(std::string_view title);
std::string paragraph(std::string_view text);
/// "  name    what it is", wrapped under itself.
std::string entry(std::string_view name, std::string_view text);
/// "unit: people"; nothing if the value is empty.
std::string fact(std::string_view name, std::string_view value);
/// What a field takes: type, unit, range, default, example; `kinds` are the words of
/// FieldInfo::kinds.
std::string field_facts(const FieldInfo& field, std::span<const std::string_view> kinds);
/// One line or two about a field, for the page of its section.
std::string field_entry(const FieldInfo& field, std::span<const std::string_view> kinds);

std::string_view numbers_text();

}  // namespace casus::text
