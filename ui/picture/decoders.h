// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>

namespace reslens {

/// Silences Qt's picture readers and libtiff for the whole process: their remarks would appear beside our
/// sentence, and say less. Also sets Qt's allocation limit to that many bytes. Only the first call does
/// anything.
void prepareDecoders(qint64 allocationLimit);

/// Damaged files make decoders seek beyond the end, on which QBuffer prints a warning of its own.
class QuietBuffer : public QBuffer
{
public:
    explicit QuietBuffer(const QByteArray &data);

    bool seek(qint64 position) override;
};

} // namespace reslens
