// SPDX-License-Identifier: MIT
#include "siege/metrics.h"

#include "bench/moment.h"
#include "bench/tlsclient.h"
#include "siege/words.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <sstream>

namespace parley::siege {

HttpAnswer ask(const bench::Target &target, const std::string &path, milliseconds patience)
{
    const bench::Moment end = bench::Ticks::now() + patience;
    const int fd = target.connectFrom(0);
    std::unique_ptr<bench::TlsClient> tls;
    if (target.isTls() && fd >= 0)
        tls = std::make_unique<bench::TlsClient>(fd, target.host());
    std::string request = words::get(path);
    std::string answer;
    bool ended = fd < 0;
    while (!ended) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - bench::Ticks::now());
        const bool mayWrite = !request.empty() && !(tls && tls->mustRead());
        pollfd waiting{fd, short(mayWrite ? POLLIN | POLLOUT : POLLIN), 0};
        if (left <= 0ms || ::poll(&waiting, 1, int(left.count())) <= 0)
            break;
        if (!request.empty()) {
            const ssize_t n = tls ? tls->write(request.data(), request.size())
                                  : ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
            request.erase(0, std::size_t(std::max(n, ssize_t(0))));
        }
        char buffer[16 << 10];
        const ssize_t n =
            tls ? tls->read(buffer, sizeof buffer) : ::recv(fd, buffer, sizeof buffer, 0);
        answer.append(buffer, std::size_t(std::max(n, ssize_t(0))));
        ended = n == 0 || (n < 0 && errno != EAGAIN);
    }
    if (fd >= 0)
        ::close(fd);
    const std::size_t body = answer.find("\r\n\r\n");
    if (body == answer.npos || answer.size() < 12)
        return {};
    return {std::atoi(answer.c_str() + 9), answer.substr(body + 4)};
}

std::map<std::string, qint64> counter(
    const std::string &text, const std::string &name, const std::string &label)
{
    std::map<std::string, qint64> values;
    std::istringstream lines(text);
    const std::string start = name + '{' + label + "=\"";
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(start, 0) != 0)
            continue;
        const std::size_t quote = line.find('"', start.size());
        const std::size_t blank = line.rfind(' ');
        values[line.substr(start.size(), quote - start.size())] =
            std::llround(std::strtod(line.c_str() + blank, nullptr));
    }
    return values;
}

} // namespace parley::siege
