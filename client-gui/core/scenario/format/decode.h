// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/document.h"
#include "scenario/format/scenario.h"

namespace parley::scenario {

// One entry of `steps` that keeps to the schema, at `path` ("/steps/3"); a Failure when
// something is missing that the schema cannot tell.
Result<Action> decodeAction(
    const Document &, const QString &path, const QString &name, const QJsonValue &value);

} // namespace parley::scenario
