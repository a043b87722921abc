#include "output/machine.h"

#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <link.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>

#include "casus/core/calendar.h"
#include "casus/output/version.h"

namespace casus {
namespace {

/// The note that the linker leaves: a digest of what it linked.
std::string build_id_of(const dl_phdr_info& object) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object.dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    // Notes lie where the loader put them.
    const auto* at = reinterpret_cast<const std::uint8_t*>(object.dlpi_addr + part.p_vaddr);
    const auto* end = at + part.p_memsz;
    while (static_cast<std::size_t>(end - at) >= sizeof(ElfW(Nhdr))) {
      ElfW(Nhdr) note;
      std::memcpy(&note, at, sizeof note);
      const auto padded = [](std::size_t n) { return (n + 3) & ~std::size_t{3}; };
      const std::size_t size = sizeof note + padded(note.n_namesz) + padded(note.n_descsz);
      if (size > static_cast<std::size_t>(end - at)) break;
      const auto* name = at + sizeof note;
      if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
          std::memcmp(name, "GNU", 4) == 0) {
        std::string id;
        const auto* bytes = name + padded(note.n_namesz);
        for (std::size_t b = 0; b < note.n_descsz; ++b) id += fmt::format("{:02x}", bytes[b]);
        return id;
      }
      at += size;
    }
  }
  return {};
}

struct Search {
  std::uintptr_t here;
  std::string id;
};

/// The object in which our code is: the program, or the library if that is shared.
int look(dl_phdr_info* object, std::size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    const std::uintptr_t begin = object->dlpi_addr + part.p_vaddr;
    if (part.p_type != PT_LOAD || search.here < begin || search.here - begin >= part.p_memsz) {
      continue;
    }
    search.id = build_id_of(*object);
    return 1;
  }
  return 0;
}

std::string build_id() {
  Search search{reinterpret_cast<std::uintptr_t>(&build_text), {}};
  dl_iterate_phdr(look, &search);
  return search.id;
}

}  // namespace

std::string build_text() {
  const std::string id = build_id();
  return fmt::format("casus {}, {}, {}{}{}", version(), compiler(), build_type(),
                     id.empty() ? "" : ", ", id);
}

std::string commit() { return CASUS_COMMIT; }

std::string cpu_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.rfind("model name", 0) == 0 && colon != std::string::npos) {
      return line.substr(colon + 2);
    }
  }
  return "unknown";
}

std::string libm_version() { return std::string("glibc ") + gnu_get_libc_version(); }

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::hh_mm_ss clock(seconds - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string this_program() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return fmt::format("process {} on {} since {}", getpid(), host.data(), utc_now());
}

}  // namespace casus
