# SPDX-License-Identifier: MIT
# parley.toml, with its comments, as a list in mdoc(7): what parley.toml(5) says of each setting.
# A comment is about the settings below it, up to the next comment.

# Lines of at most 78 characters.
function wrap(line,    end) {
    while (length(line) > 78) {
        for (end = 78; end > 1 && substr(line, end, 1) != " ";)
            --end
        if (end == 1)
            break
        put(substr(line, 1, end - 1))
        line = substr(line, end + 1)
    }
    put(line)
}

# A line of text, also where it looks like a request.
function put(line) {
    print (line ~ /^[.']/ ? "\\&" : "") line
}

function flush_group(    i, n, lines) {
    for (i = 1; i <= keys; ++i)
        print head[i]
    if (keys) {
        gsub(/\\/, "\\e", text)
        gsub(/~/, "\\(ti", text)
        # A sentence begins a line; what is in backticks is bold.
        while (match(text, /[.:?!] [A-Z`"]/) && !index(substr(text, RSTART, 2), ": "))
            text = substr(text, 1, RSTART) "\n" substr(text, RSTART + 2)
        while (match(text, /`[^`]*`/))
            text = substr(text, 1, RSTART - 1) "\\fB" substr(text, RSTART + 1, RLENGTH - 2) \
                "\\fR" substr(text, RSTART + RLENGTH)
        n = split(text, lines, "\n")
        for (i = 1; i <= n; ++i)
            wrap(lines[i])
    }
    keys = 0
    text = ""
}

/^\[[a-z_.]+\]$/ {
    flush_group()
    section = substr($0, 2, length($0) - 2) "."
    next
}

/^(# )?[a-z_]+ = / {
    line = $0
    isExample = sub(/^# /, "", line)
    key = line
    sub(/ = .*/, "", key)
    value = substr(line, length(key) + 4)
    gsub(/"/, "\\(dq", value)
    head[++keys] = ".It Cm " section key " No = " value (isExample ? " No (an example)" : "")
    next
}

/^#/ {
    if (keys)
        flush_group()
    sub(/^# ?/, "")
    text = text (text == "" ? "" : " ") $0
    next
}

{ flush_group() }

END { flush_group() }
