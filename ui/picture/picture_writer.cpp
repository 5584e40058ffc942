// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture_writer.h"

#include "engine/error.h"
#include "engine/export/atomic_file.h"

#include <QImage>
#include <QImageWriter>

namespace reslens {

void writePng(const QString &file, const Image &image, const QMap<QString, QString> &texts)
{
    const QImage pixels(image.pixels.data(), image.width, image.height, qsizetype(image.width) * 3,
                        QImage::Format_RGB888);
    writeAtomically(file.toStdString(), [&](const std::filesystem::path &part) {
        QImageWriter writer(QString::fromStdString(part.string()), "png");
        for (auto text = texts.begin(); text != texts.end(); ++text)
            writer.setText(text.key(), text.value());
        if (!writer.write(pixels))
            throw Error(ErrorKind::FileUnwritable, QStringLiteral("\"%1\" cannot be written: %2.")
                                                       .arg(file, writer.errorString())
                                                       .toStdString());
    });
}

} // namespace reslens
