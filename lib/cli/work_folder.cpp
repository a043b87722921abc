#include "cli/work_folder.h"

namespace casus::cli {

ResultsFolder take_folder(const std::string& named, const std::string& file, bool overwrite,
                          const Common& common) {
  if (common.resumed) {
    return ResultsFolder::reopen(common.resumed->folder, common.resumed->replaces);
  }
  return ResultsFolder(named.empty() ? ResultsFolder::make_free(results_stem(file)) : named,
                       overwrite);
}

unsigned threads_of(unsigned asked, const Common& common) {
  return common.resumed && common.resumed->threads > 0 ? common.resumed->threads : asked;
}

}  // namespace casus::cli
