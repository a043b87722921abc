#include <fmt/format.h>

#include <algorithm>

#include "casus/world/columns.h"
#include "casus/world/event_kinds.h"
#include "scenario/tables.h"

namespace casus::scenario {
namespace {

using Form = OutcomeSpec::Form;

std::vector<std::string_view> column_words(Form form) {
  std::vector<std::string_view> words;
  for (const PathColumn* c : outcome_columns()) {
    if (takes(form, *c)) words.push_back(c->info->name);
  }
  return words;
}

/// The key that says the form, and what it is of.
template <Form F>
bool read_form(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
               OutcomeSpec& out) {
  const auto word = d.read_word(node, f, path);
  if (!word) return false;
  out.form = F;
  out.what = f.words[*word];
  return true;
}

/// Actors and pacts mixed. A name that an edit has taken out stays as an id of nothing.
template <std::vector<ActorId> OutcomeSpec::*Actors>
bool read_parties(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                  OutcomeSpec& out) {
  bool good = true;
  for (const Node* item : Decoder::items(node)) {
    if (item->is_scalar() && d.was_removed("actors", item->text)) {
      (out.*Actors).emplace_back();
      continue;
    }
    if (item->is_scalar() && d.was_removed("pacts", item->text)) {
      out.pact.emplace_back();
      continue;
    }
    ActorId actor;
    PactId pact;
    if (!d.read_party(*item, f, path, actor, pact)) {
      good = false;
    } else if (actor.valid()) {
      (out.*Actors).push_back(actor);
    } else {
      out.pact.push_back(pact);
    }
  }
  return good;
}

bool read_against(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                  OutcomeSpec& out) {
  bool good = true;
  for (const Node* item : Decoder::items(node)) {
    ActorId actor;
    if (!item->is_scalar() || !d.was_removed("actors", item->text)) {
      good = d.read(*item, f, path, actor) && good;
    }
    out.against.push_back(actor);
  }
  return good;
}

/// Regions, or states that stand for theirs; the latter are filled in when owners are known.
bool read_places(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
                 OutcomeSpec& out) {
  bool good = true;
  for (const Node* item : Decoder::items(node)) {
    const bool text = item->is_scalar();
    const auto region = text ? d.regions.row(item->text) : std::nullopt;
    const auto actor = text ? d.actors.row(item->text) : std::nullopt;
    const bool is_state = actor && d.kinds[*actor] == ActorKind::state;
    if (is_state) {
      const auto& owned = d.regions_of[*actor];
      const bool inside =
          !region || std::find(owned.begin(), owned.end(), RegionId(*region)) != owned.end();
      if (!inside) {
        good = d.fail("E0309", item->at, path,
                      fmt::format("'{}' is a state and a region of another state", item->text),
                      "name the regions one by one");
      }
      out.regions.insert(out.regions.end(), owned.begin(), owned.end());
      if (owned.empty()) out.regions.emplace_back();
    } else if (region) {
      out.regions.emplace_back(*region);
    } else if (text &&
               (d.was_removed("regions", item->text) || d.was_removed("actors", item->text))) {
      out.regions.emplace_back();
    } else if (text) {
      good = d.unknown_name({&d.regions, &d.actors}, *item, path);
    } else {
      good = d.fail("E0201", item->at, path,
                    fmt::format("expected a region or a state, found {}", kind_name(*item)));
    }
  }
  return good;
}

}  // namespace

std::vector<const PathColumn*> outcome_columns() {
  std::vector<const PathColumn*> all;
  for (const PathColumn& c : path_columns()) {
    if (c.table == PathRef::Table::region || c.table == PathRef::Table::actor) all.push_back(&c);
  }
  return all;
}

bool takes(Form form, const PathColumn& column) {
  const bool adds_up = column.info->aggregate == Aggregate::sum;
  return form == Form::final ||
         (form == Form::sum && adds_up && column.table == PathRef::Table::region);
}

std::span<const OutcomeForm> outcome_forms() {
  static constexpr OutcomeForm rows[] = {
      {"ever", Form::ever}, {"count", Form::count}, {"first", Form::first},
      {"sum", Form::sum},   {"final", Form::final}, {"share", Form::share},
  };
  return rows;
}

std::span<const Field<OutcomeSpec>> outcome_fields() {
  static const std::vector<std::string_view> sums = column_words(Form::sum);
  static const std::vector<std::string_view> finals = column_words(Form::final);
  static const std::vector<Field<OutcomeSpec>> rows{
      field<&OutcomeSpec::title>({.name = "title", .doc = "What is printed; the name by itself."}),
      {{.name = "ever",
        .type = Type::word,
        .words = event_kind_names(),
        .doc = "Does such an event happen?",
        .example = "intervention"},
       read_form<Form::ever>},
      {{.name = "count",
        .type = Type::word,
        .words = event_kind_names(),
        .doc = "How many such events happen.",
        .example = "coup"},
       read_form<Form::count>},
      {{.name = "first",
        .type = Type::word,
        .words = event_kind_names(),
        .doc = "Days from the start to the first such event; censored if none comes.",
        .example = "honour"},
       read_form<Form::first>},
      {{.name = "sum",
        .type = Type::word,
        .words = sums,
        .doc = "A total over the regions of `where` at the end of the run.",
        .example = "deaths"},
       read_form<Form::sum>},
      {{.name = "final",
        .type = Type::word,
        .words = finals,
        .doc =
            "A column at the end of the run: of the regions of `where`, or of the actors of `by`; "
            "a total, or a mean where a total means nothing.",
        .example = "control"},
       read_form<Form::final>},
      {{.name = "share",
        .type = Type::word,
        .words = event_kind_names(),
        .doc = "The share of such events among those of the kinds `of`.",
        .example = "honour"},
       read_form<Form::share>},
      field<&OutcomeSpec::of>({.name = "of",
                               .type = Type::words,
                               .words = event_kind_names(),
                               .doc = "For `share`: the kinds of event that make up the whole.",
                               .example = "[honour, breach]"}),
      {{.name = "by",
        .type = Type::parties,
        .doc = "Only what these actors do, or what is done under these pacts.",
        .example = "[ecowas]"},
       read_parties<&OutcomeSpec::by>},
      {{.name = "against",
        .type = Type::actors,
        .doc = "Only what is done to these actors.",
        .example = "[niger]"},
       read_against},
      {{.name = "where",
        .type = Type::places,
        .doc = "Only these regions; a state stands for the regions it owns at the start.",
        .example = "[mali]"},
       read_places},
      field<&OutcomeSpec::within_days>({.name = "within",
                                        .type = Type::duration,
                                        .low = 0,
                                        .high = 36525,
                                        .doc = "Only the first days of the run.",
                                        .example = "365 days"}),
      field<&OutcomeSpec::at_least>({.name = "at_least",
                                     .low = 0,
                                     .fallback = "0",
                                     .doc = "Only events of at least this size."}),
      field<&OutcomeSpec::unit>({.name = "unit", .doc = "Printed with it; known by itself."}),
  };
  return rows;
}

}  // namespace casus::scenario
