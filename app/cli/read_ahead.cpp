// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/read_ahead.h"

#include "ui/picture/picture_files.h"

namespace reslens::cli {

std::vector<PictureSource> expand(const QStringList &paths)
{
    std::vector<PictureSource> sources;
    for (const QString &path : paths) {
        try {
            for (const QString &file : picturesIn({path}))
                sources.push_back({file});
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
