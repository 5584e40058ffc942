// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/keras_file_writer.h"

#include <QImage>
#include <QPainter>
#include <QString>
#include <QTemporaryDir>
#include <stdexcept>

namespace reslens::test {

/// Files for a window test, gone with the object.
class Desk
{
public:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// A picture file with a stripe; different hues give different pictures.
    QString picture(const QString &name, QSize size = {64, 48}, int hue = 0) const
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(QColor::fromHsv(hue % 360, 200, 200));
        QPainter(&image).fillRect(0, 0, size.width() / 3, size.height(), Qt::white);
        if (!image.save(path(name)))
            throw std::runtime_error("The test picture cannot be written.");
        return path(name);
    }

    QString file(const QString &name, const QByteArray &content) const
    {
        QFile out(path(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            throw std::runtime_error("The test file cannot be written.");
        return path(name);
    }

    /// A small random network: two blocks of each kind, three classes, or none for a file without top.
    QString model(const QString &name, bool top = true) const
    {
        const Architecture architecture = Architecture::standard(0.0625, 2, 2, 2, top ? 3 : 0);
        FileOptions options;
        options.inputSize = 75;
        if (top)
            options.classNames = {"ant", "bee", "sea_lion"};
        writeKerasFile(path(name).toStdString(), randomNetwork(architecture), options);
        return path(name);
    }

    /// How many blocks with a map the network of model() has: its residual blocks, the stem, three mixed
    /// ones, conv_7b.
    static constexpr int BlockCount = 11;

private:
    QTemporaryDir m_folder;
};

} // namespace reslens::test
