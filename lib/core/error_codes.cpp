#include <algorithm>
#include <array>

#include "casus/core/diagnostics.h"

namespace casus {
namespace {

struct Explanation {
  std::string_view code;
  std::string_view text;
};

/// In the order of the codes. A code keeps its meaning for ever; a retired one stays in the table.
constexpr auto table = std::to_array<Explanation>({
    // Reading files and YAML
    {"E0100",
     "The file could not be read: it does not exist, is a folder, or may not be opened. Check the "
     "spelling and the permissions; paths in 'include' start at the including file's folder."},
    {"E0101",
     "The file is not well-formed YAML. Look at the marked place and just above it: usual causes "
     "are uneven indentation, a tab used to indent, an open quote or bracket, or a ':' in a text "
     "that needs quotes."},
    {"E0102",
     "A key is given twice in the same mapping, so one of the two values would be lost. Remove one "
     "of them, or merge what they say."},
    {"E0103",
     "The file nests lists or mappings deeper than is accepted. No section needs such depth; look "
     "for a runaway run of brackets or an indentation that keeps growing."},
    {"E0104",
     "The scenario is larger than is read unasked, so that a file made to fill the machine cannot. "
     "Keep data that is not part of the scenario out of it, or raise the limit: --read-limit with "
     "the mebibytes to read of all its files, ReadLimits in the library. Brackets that hold very "
     "much are better written as a block, an entry a line."},
    {"E0105",
     "A file includes itself, directly or through other files. Remove one of the includes listed "
     "in the notes."},
    {"E0106",
     "The file is not text in UTF-8: it is binary or has another encoding. Save it as UTF-8; check "
     "that it is not a spreadsheet or an archive with the wrong name."},
    {"E0107",
     "The file uses YAML anchors or aliases in a way that is not accepted, or too many of them. "
     "Write the value out where it is needed, or move the shared part to a file of its own and "
     "include it."},
    {"E0108",
     "The file is empty, or holds several YAML documents where one is expected. Put one scenario "
     "in one file, and remove '---' lines in the middle."},
    {"E0109",
     "Two files that are read together give different values for the same thing. Keep it in one of "
     "them, or make the second an explicit edit ('set')."},
    // Reading tables
    {"E0110",
     "A table is missing from the folder, or could not be read. Check that the folder is the right "
     "one and holds the files under the names that the message gives."},
    {"E0111",
     "The table lacks a column, or has no header. Columns go by their names in the first line, in "
     "any order; check the spelling, and that the file is the table it is taken for."},
    {"E0112",
     "The row does not have the cells that the header announces: a comma too many or too few, or a "
     "quote that is not closed on its line."},
    {"E0113",
     "The cell does not hold what its column is for, such as a text where a number belongs. The "
     "message says what is expected."},
    {"E0114",
     "Rows of the tables contradict each other, or give the same thing twice. Keep one of them."},
    // Treaties
    {"E0116",
     "A note and not a mistake: an included treaty names states, or places, that this scenario "
     "does "
     "not have, and they are left out. If one of them should be there, give the actor the name "
     "that "
     "the treaty uses."},
    {"E0117",
     "A note and not a mistake: a key is written in an older spelling, which is read as before. "
     "The "
     "key 'on' of measures is 'against' now, because YAML 1.1, which many programs read, takes a "
     "plain 'on' for true."},
    {"E0118",
     "A note and not a mistake: a plain word that YAML 1.1 takes for true or false (yes, no, on, "
     "off, y, n). Casus reads a word; other programs that read the file do not. Put it in quotes, "
     "or choose another name."},
    // Structure and values
    {"E0201",
     "The value has the wrong type, for instance a text where a number belongs or a single value "
     "where a list belongs. The message says what is expected; the reference of the section shows "
     "an example."},
    {"E0202",
     "A required key is missing. Add it; the reference of the section says what it means and gives "
     "its unit and range."},
    {"E0203",
     "The key is not one that this section knows, so its value would have no effect. Correct the "
     "spelling, or move it to the section it belongs to."},
    {"E0204",
     "The number lies outside the range this parameter can take. The message gives the limits; "
     "check the unit too, as a wrong unit often looks like a wrong size."},
    {"E0205",
     "The number is not finite: NaN or infinity, or too large to be stored. Give an ordinary "
     "number; leave the key out if the value is unknown and there is a default."},
    {"E0206",
     "The unit is unknown or measures something else than this parameter. Use one of the spellings "
     "listed in the message, or leave the unit out to mean the parameter's own."},
    {"E0207",
     "The value is not a calendar date. Write year, month and day as in 2023-09-16, and check that "
     "the day exists in that month."},
    {"E0208", "The word is not one of those allowed here. Choose one of those the message lists."},
    {"E0209",
     "The distribution is not one that is known, or its numbers do not fit together, such as a low "
     "end above the high end or a negative spread. Check its name and its parameters."},
    {"E0210", "The list has the wrong number of items. The message says how many are needed."},
    {"E0211",
     "The value is not a length of time. Write a number and a unit, as in '12 hours', '30 days' or "
     "'6 months'; it may not be negative."},
    {"E0212",
     "The condition cannot be read. Check its words, brackets and comparisons against the list of "
     "conditions in the reference."},
    // References
    {"E0301", "No actor has this name. Correct the spelling, or define the actor under 'actors'."},
    {"E0302",
     "No region has this name. Correct the spelling, or define the region under 'regions'."},
    {"E0303", "No pact has this name. Correct the spelling, or define the pact under 'pacts'."},
    {"E0304",
     "The pact has no article of this name. Correct the spelling, or add the article to the pact."},
    {"E0305",
     "No source has this name. Correct the spelling, or add the publication under 'sources'."},
    {"E0306",
     "There is no mechanism or no parameter of this name. The reference lists the mechanisms and "
     "the parameters of each."},
    {"E0307",
     "The path leads nowhere in this scenario. Its parts are section, name and key, joined by "
     "dots, as in 'actors.jnim.strength'; check each part from the left."},
    {"E0308",
     "The actor exists but is of a kind that cannot play this part, for instance an armed group "
     "where a state is needed. Name another actor or change its kind."},
    {"E0309",
     "Two names are turned into the same internal key, which would give both the same random "
     "draws. This is a rare coincidence; rename one of the two."},
    {"E0310",
     "The pact or organisation has no organ of this name. Correct the spelling, or define the "
     "organ."},
    {"E0311",
     "An outcome has the name of a column that tables of runs have besides outcomes: run, seed, "
     "status, world_hash, events_hash, events, or the name of another outcome with _happened "
     "behind "
     "it. Choose another name."},
    {"E0320",
     "The experiment has no policy or outcome of this name. Correct the spelling, or add it to the "
     "experiment."},
    // Consistency
    {"E0401",
     "One region names another as its neighbour but not the other way round. Add the missing half, "
     "or remove the one that is there."},
    {"E0402",
     "Something refers to itself where only another makes sense, such as a region that is its own "
     "neighbour or an actor that is its own rival. Remove the reference."},
    {"E0403",
     "The dates are in the wrong order: an end comes before its start, or something happens before "
     "it can. Check both dates."},
    {"E0404",
     "The section is present but has nothing in it, and at least one entry is needed. Add one, or "
     "remove the section if it may be absent."},
    {"E0405",
     "The forces placed in regions add up to more than the actor has. Lower the placements or "
     "raise the actor's strength."},
    {"E0406",
     "There is nothing to do: the input asks for no run, no policy or no change. Add what is to be "
     "run or changed."},
    {"E0407",
     "The pact contradicts itself or leaves a gap, such as an article that extends itself or a "
     "decision that no organ can take. The message says what does not fit."},
    {"E0408",
     "A state's capital must be one of the regions it owns. Name another region, or correct the "
     "region's owner."},
    {"E0409",
     "The displaced people of a region do not fit: there may be more of them than the region has "
     "people, or it has no neighbour in which they could live. 'population' counts all of a "
     "region's people, the displaced among them."},
    {"E0410",
     "The step is so long that results would depend on it. Rates are converted to the step, but "
     "whoever decides, moves or fights in a step sees nothing of what else happens in it. Use a "
     "day, or half a day; a run of longer steps is quicker and another model."},
    {"E0411",
     "The owner of a region is said to hold less than all of it, and nobody who is at war with the "
     "owner stands there to hold the rest. Place insurgents or an enemy there, or leave 'control' "
     "out."},
    {"E0420",
     "Parts of the experiment do not fit together, a policy has a name that cannot stand in a "
     "table, or what it changes cannot change on the day from which it is to hold. The message "
     "says "
     "which."},
    // Edits
    {"E0501",
     "The edit removes something that is not there. Check the path, and whether an earlier edit "
     "has removed it already."},
    {"E0502",
     "The edit adds something under a name that is taken. Choose another name, or use 'set' to "
     "change what exists."},
    {"E0503",
     "The value at this path cannot be set: it names a whole section, or something that is fixed "
     "once a scenario is loaded. Give the path of a single value, or remove and add the entry."},
    // Files and results
    {"E0601",
     "The results folder exists already, and results are never overwritten unasked. Choose another "
     "folder, move the old one away, or ask for it to be replaced."},
    {"E0602",
     "A file could not be written. Check that the folder exists and may be written to, and that "
     "the disk is not full."},
    {"E0603",
     "The folder does not hold the results of a run, or only part of them. Give the folder that "
     "contains manifest.json; if a run was cut short, repeat it."},
    {"E0604",
     "Another program is writing to this results folder, and a folder has one writer at a time. "
     "Wait "
     "for it, or choose another folder. A program that was killed holds nothing."},
    {"E0605",
     "The folder holds runs of another scenario, seed, build or set of outcomes than those that "
     "would "
     "be added to it; the message says which differs. Runs of two kinds are never mixed: make the "
     "others in a folder of their own, or go on with the program that made these."},
    // Run time
    {"E0700", "A run was stopped because of what happened in it; the message says when and where."},
    {"E0701",
     "A number in one run became NaN or infinite. The run is recorded with its seed and can be "
     "replayed; look first at extreme parameter values of the mechanism named."},
    {"E0702",
     "A number in one run left the range it must keep, such as a share above one. The run can be "
     "replayed; look at the parameters of the mechanism named, and report it if they are "
     "ordinary."},
    {"E0703",
     "One act set off more rounds of treaty decisions than can be right, and the run was stopped. "
     "Replay it and look for pacts that keep triggering each other."},
    {"E0704",
     "A mechanism of one run threw an exception, which the message quotes. The run can be "
     "replayed; "
     "the mistake is in the mechanism named."},
    {"E0705",
     "A run logged more events than it may (RunOptions::max_events), which keeps a mistake from "
     "filling the memory. Look at extreme parameter values, or raise the limit."},
    {"E0706",
     "A mechanism logged an event of a kind that no mechanism has declared, so it has no name. "
     "Name "
     "the kind in MechanismInfo::events."},
    // Cases of law
    {"E0801",
     "A case of the casebook was decided otherwise than its file expects, or for another reason. "
     "Either the expectation or the law is mistaken: `casus law FILE` shows the whole opinion, and "
     "the description of the format says what each reason means."},
    // The caller
    {"E0901",
     "A program that uses the library broke a documented precondition. The message names the value "
     "and the limit; the comment in the header says what is expected."},
    // Warnings: legal and odd, and nothing stops for it
    {"W0106",
     "A text or a name says characters, as escapes, that cannot be shown: control characters, "
     "which "
     "a terminal would obey, or those that turn the direction of reading. They are read as '?'. "
     "Leave them out."},
    {"W0401",
     "A pact that is not in force on any day of the run binds nobody. Look at 'in_force', "
     "'expires' "
     "and 'ended' and at the clock; or leave the pact out."},
    {"W0402",
     "An entry of the timeline is dated before the run begins, and is carried out on its first "
     "day, "
     "or after it ends, and is never carried out. Look at 'at' and at the clock. What was so "
     "before "
     "the run belongs into the sections that describe its start."},
    {"W0403",
     "A scenario without outcomes counts nothing: a run leaves a table without a row. Add what you "
     "want to know to 'outcomes'."},
    {"W0404",
     "An outcome can never count anything: whom it names has been removed, the pact it names is "
     "never in force, or the mechanism whose events it counts is switched off. It will be 0, or "
     "never, in every run."},
    {"W0405",
     "A contested question of the law is read otherwise than usual, and nothing turns on it: no "
     "act "
     "of a scenario says what it takes, such as how close a sponsor is to a band. Every run is as "
     "under the usual reading. Cases of the law can say it ('casus docs case.doctrine')."},
    {"W0406",
     "A number that moves the attacks of insurgents ('activity', 'civilian_targeting') is said of "
     "somebody who is none: of an army's or a militia's people in a region, or of a militia that "
     "is an insurgent nowhere. Nothing in the run depends on it. How often an army goes out is its "
     "'initiative', and militias go out with the army of the country."},
    {"W0501",
     "A removal took others with it, which cannot be without what was removed: the regions of a "
     "state, pacts with a single member left, wars without a side. The message lists them; if one "
     "should stay, give it to another first, with 'set'."},
});

}  // namespace

std::string_view explain_code(std::string_view code) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [code](const Explanation& e) { return e.code == code; });
  return found == table.end() ? std::string_view() : found->text;
}

std::vector<std::string_view> known_codes() {
  std::vector<std::string_view> codes;
  codes.reserve(table.size());
  for (const Explanation& e : table) codes.push_back(e.code);
  return codes;
}

}  // namespace casus
