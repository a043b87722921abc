#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "casebook/case_decoder.h"
#include "casus/casebook/casebook.h"
#include "casus/casebook/facts.h"
#include "scenario/pact_tables.h"
#include "scenario/treaties.h"
#include "text/read_file.h"

namespace casus::casebook {

namespace {

namespace fs = std::filesystem;
constexpr std::string_view format_name = "casebook/1";

/// `mali: state` is short for a mapping with one key.
void expand(Node& root, std::string_view section, std::string_view key) {
  Entry* e = root.find(section);
  if (e == nullptr || !e->value.is_map()) return;
  for (Entry& item : e->value.entries) {
    if (!item.value.is_scalar()) continue;
    Node map;
    map.kind = Node::Kind::map;
    map.at = item.value.at;
    map.entries.push_back({std::string(key), item.value.at, std::move(item.value)});
    item.value = std::move(map);
  }
}

void expand(Node& root) {
  expand(root, "parties", "kind");
  expand(root, "places", "sovereign");
}

/// Puts one mapping over another, key by key to any depth. A list of names can be changed by a
/// mapping of names, as members of a pact are.
void merge(Node& into, const Node& from) {
  if (into.is_list() && from.is_map()) {
    Node map;
    map.kind = Node::Kind::map;
    map.at = into.at;
    for (Node& item : into.items) {
      if (item.is_scalar()) map.entries.push_back({item.text, item.at, Node{}});
    }
    into = std::move(map);
  }
  if (!into.is_map() || !from.is_map()) {
    into = from;
    return;
  }
  for (const Entry& e : from.entries) {
    Entry* there = into.find(e.key);
    if (there == nullptr) {
      into.entries.push_back(e);
    } else if (there->value.is_null() || e.value.is_null()) {
      there->value = e.value;
    } else {
      merge(there->value, e.value);
    }
  }
}

std::set<std::string_view> facts_names() {
  std::set<std::string_view> names;
  for (const auto& f : facts_fields()) names.insert(f.info.name);
  return names;
}

/// The keys of a mapping that are facts.
Node facts_of(const Node& node) {
  static const std::set<std::string_view> names = facts_names();
  Node out;
  out.kind = Node::Kind::map;
  out.at = node.at;
  for (const Entry& e : node.entries) {
    if (names.contains(e.key)) out.entries.push_back(e);
  }
  expand(out);
  if (Entry* settings = out.find("settings"); settings != nullptr)
    respell_settings(settings->value);
  return out;
}

/// Reads one case: its facts, then its steps, each over the ones before.
class CaseReader {
 public:
  CaseReader(Problems& problems, const CaseSpec& file, const Node& common,
             const scenario::IncludedTreaties& included)
      : problems_(problems), file_(file), common_(common), included_(included) {}

  bool read(const Entry& entry, LegalCase& out) {
    const std::size_t before = problems_.size();
    path_ = "cases." + entry.key;
    CaseDecoder d(problems_);
    d.areas = &out.areas;
    out.name = entry.key;
    out.at = d.mark(entry.key_at);
    d.check_name(entry.key, entry.key_at, path_);
    if (!d.expect(entry.value, Node::Kind::map, path_)) return false;
    CaseSpec spec;
    read_keys(d, entry.value, entry.key_at, path_, case_fields(), spec);
    take_titles(d, entry, spec, out);
    facts_ = common_;
    merge(facts_, facts_of(entry.value));
    if (spec.steps != nullptr) {
      read_steps(d, spec, out);
    } else {
      if (spec.expect == nullptr) {
        d.fail("E0202", entry.key_at, path_ + ".expect", "key 'expect' is missing",
               "a case says what follows, or has steps that do");
      }
      read_step(d, spec, entry.key_at, path_, out);
    }
    return problems_.size() == before;
  }

  /// The facts alone; `only`: with what this case says of them.
  void read_facts(const Node* only, const Position& at, CommonFacts& out) {
    CaseDecoder d(problems_);
    d.areas = &out.areas;
    facts_ = common_;
    if (only != nullptr) merge(facts_, facts_of(*only));
    LegalCase whole;
    read_step(d, {}, at, "", whole);
    FactsSpec facts;
    read_fields(d, facts_, at, "", facts_fields(), facts);
    out.date = facts.date;
    if (facts.disputes != nullptr) d.read(*facts.disputes, FieldInfo{}, "disputes", out.disputes);
    out.situation = std::move(whole.steps.front().situation);
    out.pacts = std::move(whole.pacts);
  }

 private:
  /// Keys of a case or step besides its facts.
  void read_keys(CaseDecoder& d, const Node& node, const Position& at, const std::string& path,
                 std::span<const Field<CaseSpec>> fields, CaseSpec& spec) {
    static const std::set<std::string_view> names = facts_names();
    Node rest = node;
    erase_if(rest.entries, [](const Entry& e) { return names.contains(e.key); });
    // What is kept are addresses inside the node: they must be of the one that stays.
    for (Entry& e : rest.entries) {
      const auto known = std::find_if(fields.begin(), fields.end(),
                                      [&](const auto& f) { return f.info.name == e.key; });
      if (known != fields.end()) continue;
      std::vector<std::string> all(names.begin(), names.end());
      for (const auto& f : fields) all.emplace_back(f.info.name);
      d.unknown_key(e, path + "." + e.key, all);
    }
    erase_if(rest.entries, [&](const Entry& e) {
      return std::none_of(fields.begin(), fields.end(),
                          [&](const auto& f) { return f.info.name == e.key; });
    });
    read_fields(d, rest, at, path, fields, spec);
    const auto address = [&](std::string_view key, const Node*& out) {
      const Entry* e = node.find(key);
      out = e == nullptr ? nullptr : &e->value;
    };
    address("acts", spec.acts);
    address("expect", spec.expect);
    address("steps", spec.steps);
    address("changes", spec.changes);
  }

  void take_titles(CaseDecoder& d, const Entry& entry, const CaseSpec& spec, LegalCase& out) {
    out.title = spec.title;
    out.situation = spec.situation;
    while (!out.situation.empty() && out.situation.back() == '\n') out.situation.pop_back();
    out.source = spec.source.empty() ? file_.source : spec.source;
    out.instrument = spec.instrument.empty() ? file_.instrument : spec.instrument;
    out.errors = spec.errors;
    const auto chapter = spec.chapter ? spec.chapter : file_.chapter;
    if (chapter) {
      out.chapter = *chapter;
    } else {
      d.fail("E0202", entry.key_at, path_ + ".chapter", "key 'chapter' is missing",
             "give it to the case or to the file");
    }
  }

  void read_steps(CaseDecoder& d, const CaseSpec& spec, LegalCase& out) {
    for (const Node* other : {spec.acts, spec.expect, spec.changes}) {
      if (other != nullptr) {
        d.fail("E0210", other->at, path_,
               "a case has 'steps', or 'changes', 'acts' and 'expect', not both",
               "move them into a step");
      }
    }
    if (!d.expect(*spec.steps, Node::Kind::list, path_ + ".steps")) return;
    if (spec.steps->items.empty()) {
      d.fail("E0404", spec.steps->at, path_ + ".steps", "'steps' has nothing in it");
    }
    for (std::size_t i = 0; i < spec.steps->items.size(); ++i) {
      const Node& item = spec.steps->items[i];
      const std::string at = fmt::format("{}.steps[{}]", path_, i);
      if (!d.expect(item, Node::Kind::map, at)) continue;
      CaseSpec step;
      read_keys(d, item, item.at, at, step_fields(), step);
      if (const Entry* pacts = item.find("pacts"); pacts != nullptr && i > 0) {
        d.fail("E0203", pacts->key_at, at + ".pacts", "a later step cannot write pacts anew",
               "use 'changes', or give dates in the pact");
      }
      merge(facts_, facts_of(item));
      read_step(d, step, item.at, at, out);
    }
  }

  void collect(CaseDecoder& d, std::string_view section, NameTable& table) {
    const Entry* e = facts_.find(section);
    if (e == nullptr) return;
    if (!d.expect(e->value, Node::Kind::map, path_ + "." + std::string(section))) return;
    for (const Entry& item : e->value.entries) {
      d.check_name(item.key, item.key_at, path_ + "." + std::string(section) + "." + item.key);
      table.add(item.key, item.key_at);
    }
  }

  void collect_names(CaseDecoder& d, const FactsSpec& facts) {
    collect(d, "parties", d.actors);
    collect(d, "places", d.regions);
    collect(d, "pacts", d.pacts);
    collect(d, "sources", d.sources);
    d.note_kinds(facts.parties, ActorKind::state);
    if (facts.wars != nullptr) {
      for (const Entry& e : facts.wars->entries) d.conflicts.insert(e.key);
    }
    if (facts.disputes != nullptr) {
      std::vector<std::string> names;
      d.read(*facts.disputes, FieldInfo{}, path_ + ".disputes", names);
      d.conflicts.insert(names.begin(), names.end());
    }
  }

  void read_pacts(CaseDecoder& d, const FactsSpec& facts, LegalCase& out) {
    const std::size_t before = problems_.size();
    if (facts.pacts != nullptr && facts.pacts->is_map()) {
      for (const Entry& e : facts.pacts->entries) {
        std::string source;
        scenario::decode_pact(d, e, path_ + ".pacts." + e.key, source, out.pacts.emplace_back());
      }
    }
    scenario::check_pacts(d, facts.pacts, out.pacts);
    d.facts_sound = problems_.size() == before;
  }

  /// Terms of the included treaties, whatever a case says in `areas`.
  void read_terms(CaseDecoder& d) {
    const Entry* areas = included_.root.find("areas");
    if (areas == nullptr) return;
    std::vector<std::string> terms;
    d.read(areas->value, FieldInfo{}, "areas", terms);
    for (const std::string& term : terms) {
      if (d.intern_area(term)) continue;
      d.fail("E0210", areas->key_at, path_ + ".areas",
             fmt::format("more than {} areas", law::AreaNames::most));
      return;
    }
  }

  void read_step(CaseDecoder& d, const CaseSpec& spec, const Position& at, const std::string& path,
                 LegalCase& out) {
    FactsSpec facts;
    if (out.steps.empty()) {
      leave_out_absent(facts_, "parties", included_.treaties, problems_.sources());
      read_terms(d);
    }
    read_fields(d, facts_, at, path, facts_fields(), facts);
    Step step;
    step.title = spec.step_title;
    step.at = d.mark(at);
    collect_names(d, facts);
    if (facts.parties == nullptr) {
      d.fail("E0202", at, path + ".parties", "key 'parties' is missing",
             "for example {aland: state}");
    }
    const std::size_t before = problems_.size();
    read_situation(d, facts, path, step.situation);
    if (out.steps.empty()) read_pacts(d, facts, out);
    d.facts_sound = d.facts_sound && problems_.size() == before;
    d.pact_list = &out.pacts;
    if (spec.acts != nullptr) {
      read_acts(d, *spec.acts, step.situation, facts.date, path + ".acts", step.acts);
    }
    // A step is on the days of its acts, and has a day of its own where it has none.
    if (step.acts.empty()) step.situation.today = facts.date;
    d.acts = &step.acts;
    if (spec.changes != nullptr) {
      read_changes(d, *spec.changes, facts.date, path + ".changes", step.changes);
    }
    if (spec.expect != nullptr) read_expected(d, *spec.expect, path + ".expect", step.expected);
    d.acts = nullptr;
    out.steps.push_back(std::move(step));
  }

  Problems& problems_;
  const CaseSpec& file_;
  const Node& common_;
  const scenario::IncludedTreaties& included_;
  Node facts_;
  std::string path_;
};

void check_format(CaseDecoder& d, const Node& root) {
  const Entry* format = root.find("casus");
  if (format == nullptr) {
    d.fail("E0202", {root.at.file, 1, 1, 1}, "casus", "key 'casus' is missing",
           "begin the file with casus: casebook/1");
  } else if (format->value.text.starts_with("scenario/") ||
             format->value.text.starts_with("treaty/")) {
    const std::string kind = format->value.text.substr(0, format->value.text.find('/'));
    const std::string file = d.problems.sources()[root.at.file].name;
    d.fail("E0208", format->value.at, "casus",
           fmt::format("this is a {}, and no file of cases", kind),
           kind == "treaty" ? fmt::format("read it with: casus law sheet {}", file)
                            : fmt::format("run it with: casus run {}; read its treaties with: "
                                          "casus law sheet {}",
                                          file, file));
    d.problems.throw_if_any();  // nothing else in it is as cases would have it
  } else if (format->value.text != format_name) {
    d.fail("E0208", format->value.at, "casus",
           fmt::format("'{}' is not a format of cases that this version reads", format->value.text),
           "write casebook/1");
  }
}

/// The keys of a file, facts apart.
void read_frame(CaseDecoder& d, const Node& root, CaseSpec& common, Casebook& out) {
  static const std::set<std::string_view> facts = facts_names();
  Node frame;
  frame.kind = Node::Kind::map;
  frame.at = root.at;
  std::vector<std::string> names{"casus", "title", "description", "include", "cases"};
  for (const auto& f : file_fields()) names.emplace_back(f.info.name);
  names.insert(names.end(), facts.begin(), facts.end());
  for (const Entry& e : root.entries) {
    if (e.key == "title") {
      d.read(e.value, FieldInfo{}, e.key, out.title);
    } else if (e.key == "description") {
      d.read(e.value, FieldInfo{.name = "description", .lines = true}, e.key, out.description);
    } else if (std::find(names.begin(), names.end(), e.key) == names.end()) {
      d.unknown_key(e, e.key, names);
    } else if (!facts.contains(e.key) && e.key != "casus" && e.key != "cases" &&
               e.key != "include") {
      frame.entries.push_back(e);
    }
  }
  read_fields(d, frame, root.at, "", file_fields(), common);
  // A misspelt chapter is one mistake, not one for each case.
  if (frame.find("chapter") != nullptr && !common.chapter) common.chapter = Chapter::attribution;
}

/// Treaties stand under what the file says itself.
Node with_treaties(const scenario::IncludedTreaties& included, Node facts) {
  if (included.treaties.files.empty()) return facts;
  Node under = included.root;
  erase_if(under.entries, [](const Entry& e) { return e.key == "areas"; });
  merge(under, facts);
  under.at = facts.at;
  return under;
}

scenario::IncludedTreaties included_by(const Node& root, const std::string& name, Sources& sources,
                                       Problems& problems) {
  const Entry* include = root.find("include");
  if (include == nullptr) return {};
  auto included = scenario::read_included_treaties(*include, name, sources, problems);
  if (!included.complete) problems.throw_if_any();
  return included;
}

Casebook decode(const std::string& name, const std::string& text, const ReadLimits& limits) {
  Sources sources(limits);
  Problems problems(sources);
  const std::uint32_t file = sources.add(name, text);
  const Tree tree = parse_tree(sources, file, problems);
  Casebook out;
  out.file = name;
  CaseDecoder d(problems);
  if (!tree.complete) problems.throw_if_any();
  if (d.expect(tree.root, Node::Kind::map, "")) {
    check_format(d, tree.root);
    CaseSpec common;
    read_frame(d, tree.root, common, out);
    const scenario::IncludedTreaties included = included_by(tree.root, name, sources, problems);
    const Node facts = with_treaties(included, facts_of(tree.root));
    const Entry* cases = tree.root.find("cases");
    if (cases == nullptr) {
      d.fail("E0202", {file, 1, 1, 1}, "cases", "key 'cases' is missing");
    } else if (d.expect(cases->value, Node::Kind::map, "cases")) {
      for (const Entry& e : cases->value.entries) {
        LegalCase decided;
        if (CaseReader(problems, common, facts, included).read(e, decided)) {
          out.cases.push_back(std::move(decided));
        }
      }
    }
  }
  problems.throw_if_any();
  return out;
}

/// The case of that name; nullptr after a complaint, or where none is meant.
const Node* named_case(CaseDecoder& d, const Node& root, const std::string& name) {
  if (name.empty()) return nullptr;
  std::vector<std::string> names;
  const Entry* cases = root.find("cases");
  if (cases != nullptr && cases->value.is_map()) {
    for (const Entry& e : cases->value.entries) {
      if (e.key == name && d.expect(e.value, Node::Kind::map, "cases." + name)) return &e.value;
      names.push_back(e.key);
    }
  }
  d.fail("E0202", root.at, "cases", fmt::format("there is no case '{}'", name),
         did_you_mean(nearest(name, names)));
  return nullptr;
}

[[noreturn]] void unreadable(const std::string& file, std::string_view why) {
  Diagnostic d;
  d.code = "E0100";
  d.where.file = file;
  d.message = fmt::format("cannot read '{}': {}", file, why);
  throw ScenarioError({d});
}

}  // namespace

Casebook parse(const std::string& text, const std::string& name, const ReadLimits& limits) {
  return decode(name, text, limits);
}

CommonFacts common_facts(const std::string& text, const std::string& name,
                         const std::string& of_case, const ReadLimits& limits) {
  Sources sources(limits);
  Problems problems(sources);
  const std::uint32_t file = sources.add(name, text);
  const Tree tree = parse_tree(sources, file, problems);
  if (!tree.complete) problems.throw_if_any();
  CommonFacts out;
  CaseDecoder d(problems);
  if (d.expect(tree.root, Node::Kind::map, "")) {
    check_format(d, tree.root);
    CaseSpec frame;
    Casebook titles;
    read_frame(d, tree.root, frame, titles);
    const Node* only = named_case(d, tree.root, of_case);
    const scenario::IncludedTreaties included = included_by(tree.root, name, sources, problems);
    const Node facts = with_treaties(included, facts_of(tree.root));
    CaseReader(problems, frame, facts, included).read_facts(only, {file, 1, 1, 1}, out);
    if (out.pacts.empty()) {
      d.fail(
          "E0202", {file, 1, 1, 1}, "pacts", "key 'pacts' is missing",
          of_case.empty() ? "the cases may have pacts of their own: choose one with --case" : "");
    }
  }
  problems.throw_if_any();
  return out;
}

Casebook load(const std::string& file, const ReadLimits& limits) {
  const FileText read = read_file(file, Sources(limits).max_bytes());
  if (!read.text) unreadable(file, read.refusal);
  return decode(file, *read.text, limits);
}

std::vector<std::string> find_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      if (!fs::exists(path, error)) unreadable(path, "no such file or folder");
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
      if (entry.is_regular_file() && entry.path().extension() == ".yaml") {
        found.push_back(entry.path().string());
      }
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace casus::casebook
