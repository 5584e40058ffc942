// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/read_ahead.h"

#include "app/cli/console.h"
#include "ui/picture/picture_files.h"

namespace reslens::cli {
namespace {

void warnOfSkipped(const QString &folder)
{
    const int count = namesThatAreNoText(folder);
    if (count == 0)
        return;
    const QString files = count == 1 ? QStringLiteral("1 file whose name is")
                                     : QStringLiteral("%1 files whose names are").arg(count);
    warn(QStringLiteral("The folder \"%1\" has %2 not UTF-8; such files are left out.")
             .arg(folder, files)
             .toStdString());
}

} // namespace

std::vector<PictureSource> expand(const QStringList &paths)
{
    std::vector<PictureSource> sources;
    for (const QString &path : paths) {
        try {
            for (const QString &file : picturesIn({path}))
                sources.push_back({file});
            warnOfSkipped(path);
        } catch (const Error &error) {
            sources.push_back({path, error});
        }
    }
    return sources;
}

ReadAhead::ReadAhead(const std::vector<PictureSource> &sources, const ReadOptions &readOptions,
                     const Preprocessing &preprocessing)
    : m_sources(sources), m_readOptions(readOptions), m_preprocessing(preprocessing)
{
    m_inputSizes = m_inputSizesPromise.get_future();
    start();
}

Prepared ReadAhead::next()
{
    std::future<Prepared> current = std::move(m_pending);
    current.wait();
    start();
    return current.get();
}

void ReadAhead::start()
{
    if (m_started == m_sources.size())
        return;
    m_pending =
        std::async(std::launch::async, [this, &source = m_sources[m_started]] { return prepare(source); });
    ++m_started;
}

Prepared ReadAhead::prepare(const PictureSource &source) const
{
    if (source.failure)
        throw Error(*source.failure);
    const Picture picture = readPicture(source.file, m_readOptions);
    Prepared prepared{picture.width(), picture.height(), {}};
    for (const int size : m_inputSizes.get())
        prepared.inputs.push_back(normalize(resizeForNetwork(*picture.pixels, size, m_preprocessing)));
    return prepared;
}

} // namespace reslens::cli
