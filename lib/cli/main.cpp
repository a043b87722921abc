#include "casus/cli/program.h"

int main(int argc, char** argv) { return casus::program(argc, argv, casus::standard_registry()); }
