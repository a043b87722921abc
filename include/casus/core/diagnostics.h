#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/error.h"
#include "casus/core/export.h"

namespace casus {

/// A place in an input file. Line and column count from 1; 0 means unknown. Columns and lengths are
/// in bytes of the UTF-8 line, as editors expect; the caret allows for multi-byte characters.
struct Location {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t length = 1;  ///< bytes to underline
  friend bool operator==(const Location&, const Location&) = default;
};

enum class Severity { error, warning, note };

struct Note {
  Location where;
  std::string message;
};

/// One problem of one input: where, what, its stable code ("E0203"), and what to do about it.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  Location where;
  std::string path;        ///< "actors.jnim.strength"; empty where it does not apply
  std::string message;     ///< one sentence, no full stop
  std::string suggestion;  ///< "did you mean 'strength'?"; may be empty
  std::vector<Note> notes;
  std::string source_line;  ///< the offending line as read; may be empty
};

/// The compiler's form: "file:line:column: error: message [code]", the line, a caret, the notes.
/// No newline at the end; several are separated by one. Control characters are shown as '?'.
CASUS_API std::string render(const Diagnostic& diagnostic, bool color = false);
CASUS_API std::string render(const std::vector<Diagnostic>& diagnostics, bool color = false);

/// The input is at fault. Holds every problem found (at least one), sorted by line and column with
/// files in the order of their first problem; what() renders them.
/// Its code is that of the first.
class CASUS_API ScenarioError : public std::runtime_error, public Error {
 public:
  explicit ScenarioError(std::vector<Diagnostic> diagnostics);
  const char* what() const noexcept override { return std::runtime_error::what(); }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  struct Sorted {};
  ScenarioError(std::vector<Diagnostic> sorted, Sorted);
  std::vector<Diagnostic> diagnostics_;
};

/// The numbers went wrong in one run: says where and when. Nothing is clamped in silence.
/// `subject` is printed as it is, so it says its kind: "actor 'jnim'". what() reads
/// "2024-03-01, mechanism 'combat', actor 'jnim': strength became NaN [E0701]"; empty parts are
/// left out.
/// The code is the one at the end of the message, E0700 where there is none.
class CASUS_API SimulationError : public std::runtime_error, public Error {
 public:
  SimulationError(std::string date, std::string mechanism, std::string subject,
                  const std::string& message);
  const char* what() const noexcept override { return std::runtime_error::what(); }
  std::string date, mechanism, subject;
};

/// What a code means and how to mend it, for `casus docs E0203`; empty for an unknown code.
CASUS_API std::string_view explain_code(std::string_view code);
/// Every known code, in order.
CASUS_API std::vector<std::string_view> known_codes();

/// The nearest of `names` to `wrong` by edit distance with transpositions; empty if none is near
/// (more than a third of the characters differ). Ties go to the first.
CASUS_API std::string nearest(std::string_view wrong, const std::vector<std::string>& names);

/// Lower-case letters, digits and underscores, a letter first: what names in scenarios look like.
CASUS_API bool is_name(std::string_view text);

}  // namespace casus
