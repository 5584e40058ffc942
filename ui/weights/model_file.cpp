// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/model_file.h"

#include "resources/resources.h"
#include "ui/weights/file_hash.h"

namespace reslens {
namespace {

std::filesystem::path toPath(const QString &path)
{
    return path.toStdU16String();
}

} // namespace

std::shared_ptr<const Network> loadNetwork(const QString &path, const LoadOptions &options)
{
    return path.isEmpty() ? Network::loadMemory(embeddedModel(), embeddedModelName(), options)
                          : Network::load(toPath(path), options);
}

WeightFile openWeightFile(const QString &path)
{
    return path.isEmpty() ? WeightFile::openMemory(embeddedModel(), embeddedModelName())
                          : WeightFile::open(toPath(path));
}

QString sha256Of(const QString &path, const std::stop_token &stop)
{
    if (!path.isEmpty())
        return QString::fromLatin1(hashOfFile(path, QCryptographicHash::Sha256, stop));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const std::span<const std::byte> bytes = embeddedModel();
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())));
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace reslens
