// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

namespace parley::scenario {

// What steps say of themselves.
struct StepText {
    Q_DECLARE_TR_FUNCTIONS(parley::scenario::StepRunner)
};

} // namespace parley::scenario
