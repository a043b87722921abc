#pragma once

#include <string>

#include "casus/output/results_folder.h"
#include "cli/commands.h"

namespace casus::cli {

/// The folder that the results of a command go to: the one named, or a free one called after
/// `file`; and where a command that was cut short is gone on with, the one that it had.
ResultsFolder take_folder(const std::string& named, const std::string& file, bool overwrite,
                          const Common& common);
/// Workers that were asked for, by the command or by who goes on with it.
unsigned threads_of(unsigned asked, const Common& common);

}  // namespace casus::cli
