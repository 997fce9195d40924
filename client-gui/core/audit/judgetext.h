// SPDX-License-Identifier: MIT
// The auditor's sentences.
#pragma once

#include <QCoreApplication>

namespace parley::audit {

struct Judgement {
    Q_DECLARE_TR_FUNCTIONS(parley::audit::Judge)
};

} // namespace parley::audit
