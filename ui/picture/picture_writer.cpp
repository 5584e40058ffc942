// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture_writer.h"

#include "engine/error.h"
#include "engine/export/atomic_file.h"

#include <QFile>
#include <QImageWriter>

namespace reslens {
namespace {

/// A file that takes no more once a stop has been asked for: that ends the compression of a large picture.
class StoppableFile : public QFile
{
public:
    StoppableFile(const QString &path, const std::stop_token &stop) : QFile(path), m_stop(stop) {}

protected:
    qint64 writeData(const char *data, qint64 size) override
    {
        return m_stop.stop_requested() ? -1 : QFile::writeData(data, size);
    }

private:
    std::stop_token m_stop;
};

} // namespace

void writePng(const QString &file, const Image &image, const QMap<QString, QString> &texts,
              const std::stop_token &stop)
{
    writePng(file,
             QImage(image.pixels.data(), image.width, image.height, qsizetype(image.width) * 3,
                    QImage::Format_RGB888),
             texts, stop);
}

void writePng(const QString &file, const QImage &image, const QMap<QString, QString> &texts,
              const std::stop_token &stop)
{
    // The writer would take over texts, resolution and colour profile of a photo.
    const QImage opaque = image.convertToFormat(QImage::Format_RGB888);
    const QImage pixels(opaque.constBits(), opaque.width(), opaque.height(), opaque.bytesPerLine(),
                        QImage::Format_RGB888);
    writeAtomically(file.toStdString(), [&](const std::filesystem::path &part) {
        StoppableFile out(QString::fromStdString(part.string()), stop);
        QImageWriter writer(&out, "png");
        for (auto text = texts.begin(); text != texts.end(); ++text)
            writer.setText(text.key(), text.value());
        const bool isWritten = out.open(QIODevice::WriteOnly) && writer.write(pixels) && out.flush();
        if (stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Cancelled.");
        if (!isWritten)
            throw Error(
                ErrorKind::FileUnwritable,
                QStringLiteral("%1 cannot be written: %2")
                    .arg(file, out.error() == QFile::NoError ? writer.errorString() : out.errorString())
                    .toStdString());
    });
}

} // namespace reslens
