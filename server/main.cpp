// SPDX-License-Identifier: MIT
#include "app/run.h"

int main(int argc, char **argv)
{
    return parley::app::run(argc, argv);
}
