// SPDX-License-Identifier: MIT
#include "siege/crew.h"

namespace parley::siege::crew {

std::string usersFile()
{
    std::string lines;
    const auto add = [&](int first, int count, const std::string &rest) {
        for (int id = first; id < first + count; ++id)
            lines += std::to_string(id) + ',' + nameOf(UserId(id)) + rest + '\n';
    };
    add(1, 2 * Pairs, {});
    add(FirstHostile, Rabble + Hoarders, {});
    add(FirstNamed, Named, std::string(",") + Password);
    return lines;
}

} // namespace parley::siege::crew
