#include <fmt/format.h>

#include <algorithm>

#include "casus/world/columns.h"
#include "casus/world/event_kinds.h"
#include "scenario/tables.h"

namespace casus::scenario {
namespace {

std::vector<std::string_view> column_words(OutcomeForm::Of of, const Columns& all) {
  std::vector<std::string_view> words;
  for (const PathColumn* c : outcome_columns(all)) {
    if (takes(of, *c)) words.push_back(c->info->name);
  }
  return words;
}

std::span<const std::string_view> words_of(OutcomeForm::Of of, const OutcomeWords& words) {
  if (of == OutcomeForm::Of::events) return words.events;
  return of == OutcomeForm::Of::totals ? words.totals : words.columns;
}

/// The key that says the form, and what it is of: one column, or one or several kinds of event.
bool read_form(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
               OutcomeSpec& out) {
  std::vector<std::string> kinds;
  if (f.type == Type::words) {
    if (!d.read(node, f, path, kinds)) return false;
    if (kinds.empty()) return d.fail("E0201", node.at, path, "no kind of event is given");
  } else {
    const auto word = d.read_word(node, f, path);
    if (!word) return false;
    kinds.emplace_back(f.words[*word]);
  }
  const auto forms = outcome_forms();
  out.form = std::find_if(forms.begin(), forms.end(), [&](const OutcomeForm& form) {
               return form.name == f.name;
             })->form;
  out.what = kinds.front();
  out.also.assign(kinds.begin() + 1, kinds.end());
  return true;
}

Node write_form(const Encoder& e, const FieldInfo& f, const OutcomeSpec& in) {
  if (outcome_form(in.form).name != f.name) return {};
  if (in.also.empty()) return e.write(f, in.what);
  std::vector<std::string> kinds{in.what};
  kinds.insert(kinds.end(), in.also.begin(), in.also.end());
  return e.write(f, kinds);
}

std::vector<Field<OutcomeSpec>> with_forms(std::vector<Field<OutcomeSpec>> rows,
                                           const OutcomeWords& words) {
  std::vector<Field<OutcomeSpec>> all;
  for (const OutcomeForm& form : outcome_forms()) {
    FieldInfo f;
    f.name = form.name;
    f.type = form.of == OutcomeForm::Of::events ? Type::words : Type::word;
    f.words = words_of(form.of, words);
    f.doc = form.doc;
    f.example = form.example;
    all.push_back({f, read_form, write_form});
  }
  all.insert(all.end(), rows.begin(), rows.end());
  return all;
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

Node write_by(const Encoder& e, const FieldInfo& f, const OutcomeSpec& in) {
  Node list = e.write(f, in.by);
  for (const PactId pact : in.pact) {
    Encoder::add(list, pact.valid() ? e.write(f, pact) : scalar_node(Encoder::no_pact, {}));
  }
  return list;
}

bool read_where(Decoder& d, const Node& node, const FieldInfo&, const std::string& path,
                OutcomeSpec& out) {
  return read_places(d, node, path, out.regions);
}

}  // namespace

bool read_places(Decoder& d, const Node& node, const std::string& path,
                 std::vector<RegionId>& out) {
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
      out.insert(out.end(), owned.begin(), owned.end());
      if (owned.empty()) out.emplace_back();
    } else if (region) {
      out.emplace_back(*region);
    } else if (text &&
               (d.was_removed("regions", item->text) || d.was_removed("actors", item->text))) {
      out.emplace_back();
    } else if (text) {
      good = d.unknown_name({&d.regions, &d.actors}, *item, path);
    } else {
      good = d.fail("E0201", item->at, path,
                    fmt::format("expected a region or a state, found {}", kind_name(*item)));
    }
  }
  return good;
}

OutcomeWords::OutcomeWords(const Columns& all, const EventKinds& kinds)
    : events(kinds.names()),
      totals(column_words(OutcomeForm::Of::totals, all)),
      columns(column_words(OutcomeForm::Of::columns, all)) {}

Tables::Tables(const Vocabulary& vocabulary)
    : columns(columns_of(vocabulary)),
      events(event_kinds_of(vocabulary)),
      words(columns, events),
      observed(observe_words(columns)),
      region_rows(region_fields(columns)),
      actor_rows(actor_fields(columns)),
      presence_rows(presence_fields(columns)),
      outcome_rows(outcome_fields(words)),
      observe_rows(observe_fields(observed)) {}

std::vector<const PathColumn*> outcome_columns(const Columns& columns) {
  std::vector<const PathColumn*> all;
  for (const PathColumn& c : columns.paths()) {
    if (c.table == PathRef::Table::region || c.table == PathRef::Table::actor) all.push_back(&c);
  }
  for (const PathColumn& c : event_totals()) all.push_back(&c);
  return all;
}

bool takes(OutcomeForm::Of of, const PathColumn& column) {
  if (of == OutcomeForm::Of::columns && column.info->only_in_events) return false;
  const bool adds_up = column.info->aggregate == Aggregate::sum;
  return of == OutcomeForm::Of::columns ||
         (of == OutcomeForm::Of::totals && adds_up && column.table == PathRef::Table::region);
}

std::vector<Field<OutcomeSpec>> outcome_fields(const OutcomeWords& words) {
  return with_forms(
      {
          field<&OutcomeSpec::title>(
              {.name = "title", .doc = "What is printed; the name by itself."}),
          field<&OutcomeSpec::of>({.name = "of",
                                   .type = Type::words,
                                   .words = words.events,
                                   .doc = "For `share`: the kinds of event that make up the whole.",
                                   .example = "[honour, breach]"}),
          {{.name = "by",
            .type = Type::parties,
            .doc = "Only what these actors do, or what is done under these pacts.",
            .example = "[ecowas]"},
           read_parties<&OutcomeSpec::by>,
           write_by},
          {{.name = "against",
            .type = Type::actors,
            .doc = "Only what is done to these actors.",
            .example = "[niger]"},
           read_against,
           [](const Encoder& e, const FieldInfo& f, const OutcomeSpec& in) {
             return e.write(f, in.against);
           }},
          {{.name = "where",
            .type = Type::places,
            .doc = "Only these regions; a state stands for the regions it owns at the start.",
            .example = "[mali]"},
           read_where,
           [](const Encoder& e, const FieldInfo& f, const OutcomeSpec& in) {
             return e.write(f, in.regions);
           }},
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
      },
      words);
}

}  // namespace casus::scenario
