// SPDX-License-Identifier: MIT
#include "ui/window/launch.h"

int main(int argc, char **argv)
{
    return parley::ui::runWorkbench(argc, argv);
}
