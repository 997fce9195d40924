// SPDX-License-Identifier: MIT
// Which path is answered by what. Each route is in the file of its name.
#pragma once

#include "gateway/http/task.h"

#include <QByteArrayView>

namespace parley::http {

class Exchange;

// Each ends its exchange, now or later. The exchange outlives the task.
Task chat(Exchange &);
Task login(Exchange &);
Task logout(Exchange &);
Task health(Exchange &);
Task ready(Exchange &);
Task metrics(Exchange &);
Task trace(Exchange &);

struct Route {
    QByteArrayView path;
    QByteArrayView method; // GET: HEAD, too
    QByteArrayView allowed; // methods, as the header Allow has them
    Task (*handler)(Exchange &);
    // Answered also when a limit is exceeded, and to any web page.
    bool isForEverybody = false;
};

// Null: there is none.
const Route *findRoute(QByteArrayView path);

} // namespace parley::http
