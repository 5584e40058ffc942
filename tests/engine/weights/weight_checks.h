// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "engine/weights/weight_file.h"

#include <QByteArray>
#include <QString>
#include <QTest>

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace reslens::test {

inline std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
}

/// Opens a file and reads all of it.
inline void readAll(const std::string &path)
{
    const WeightFile file = WeightFile::open(path);
    LayerWeights weights;
    for (std::size_t node = 0; node < file.description().nodes.size(); ++node)
        if (file.description().nodes[node].hasWeights())
            file.read(int(node), weights);
}

inline std::optional<Error> errorOf(const std::function<void()> &action)
{
    try {
        action();
    } catch (const Error &error) {
        return error;
    }
    return std::nullopt;
}

/// Checks that reading fails in the given way with a sentence that holds every part of `parts`, separated by
/// '|'.
inline void verifyError(const std::string &path, ErrorKind kind, const QString &parts)
{
    const auto error = errorOf([&] { readAll(path); });
    QVERIFY2(error, "no error");
    const QString sentence = error->what();
    for (const QString &part : parts.split('|'))
        QVERIFY2(sentence.contains(part), qPrintable(sentence));
    QVERIFY2(error->kind() == kind, qPrintable(sentence));
    QVERIFY2(!sentence.contains('\n'), qPrintable(sentence));
}

} // namespace reslens::test
