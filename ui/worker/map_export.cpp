// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/map_export.h"

#include "engine/error.h"
#include "engine/export/hdf5_tensor.h"
#include "engine/export/npy.h"
#include "engine/tensor_address.h"
#include "ui/picture/picture_writer.h"
#include "ui/worker/tensor_export.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <cmath>

namespace reslens {
namespace {

constexpr int Gap = 4;
constexpr int LongestSide = 16384;

/// The channels asked for, without gaps.
Tensor gather(const MapExport &wanted)
{
    const Tensor &tensor = *wanted.map().tensor;
    Tensor values({tensor.shape().height, tensor.shape().width, int(wanted.channels.size())});
    for (int y = 0; y < tensor.shape().height; ++y)
        for (int x = 0; x < tensor.shape().width; ++x)
            for (std::size_t i = 0; i < wanted.channels.size(); ++i)
                values.at(y, x, int(i)) = tensor.at(y, x, wanted.channels[i]);
    return values;
}

std::vector<std::size_t> extentsOf(const MapExport &wanted, const Tensor &values)
{
    return exportExtents(wanted.maps->model->description.nodes[std::size_t(wanted.map().node)],
                         values.shape());
}

QString channelList(const std::vector<int> &channels)
{
    QStringList numbers;
    for (const int channel : channels)
        numbers << QString::number(channel);
    return numbers.join(u',');
}

/// Without hashes, which take a while for large files.
Provenance namesOf(const BlockMaps &maps)
{
    Provenance names;
    names.image = maps.source.name;
    names.model = QString::fromStdString(maps.model->info.name);
    names.inputSize = maps.model->inputSize;
    names.preprocessing = describePreparation(maps.preparation);
    return names;
}

std::map<std::string, std::string> attributesOf(const MapExport &wanted, const Provenance &provenance)
{
    std::map<std::string, std::string> attributes = attributesOf(provenance);
    attributes.emplace("channels", channelList(wanted.channels).toStdString());
    return attributes;
}

QJsonObject describe(const MapExport &wanted, const Provenance &provenance)
{
    const Shape &shape = wanted.map().tensor->shape();
    QJsonArray channels;
    for (const int channel : wanted.channels)
        channels.append(channel);
    QJsonObject description = toJson(provenance);
    description.insert("file", QFileInfo(wanted.file).fileName());
    description.insert("tensor", wanted.map().address);
    description.insert("height", shape.height);
    description.insert("width", shape.width);
    description.insert("channels", channels);
    return description;
}

QJsonObject describePicture(const MapExport &wanted)
{
    QJsonArray scales;
    for (const int channel : wanted.channels) {
        const ColorScale scale =
            scaleOver(valueLimits(wanted.map(), channel, wanted.colouring), wanted.map(), wanted.colouring);
        scales.append(
            QJsonObject{{"channel", channel}, {"low", double(scale.low)}, {"high", double(scale.high)}});
        if (wanted.colouring.contrast != Contrast::Map)
            break;
    }
    return {{"pixels_per_value", wanted.cell}, {"scales", scales}};
}

} // namespace

QImage paintChannels(const MapExport &wanted)
{
    const QSize map(wanted.map().tensor->shape().width, wanted.map().tensor->shape().height);
    const QSize tile = map * wanted.cell;
    const int count = int(wanted.channels.size());
    const int columns = int(std::ceil(std::sqrt(count)));
    const int rows = (count + columns - 1) / columns;
    const QSize size(columns * (tile.width() + Gap) - Gap, rows * (tile.height() + Gap) - Gap);
    if (std::max(size.width(), size.height()) > LongestSide)
        throw Error(ErrorKind::InvalidArgument, "the picture would be " + std::to_string(size.width()) +
                                                    " × " + std::to_string(size.height()) +
                                                    " pixels; choose fewer channels or smaller tiles");
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(0x808080);
    QPainter painter(&picture);
    std::optional<std::pair<float, float>> shared;
    for (int i = 0; i < count; ++i) {
        const int channel = wanted.channels[std::size_t(i)];
        if (!shared || wanted.colouring.contrast == Contrast::Map)
            shared = valueLimits(wanted.map(), channel, wanted.colouring);
        const QPoint corner(i % columns * (tile.width() + Gap), i / columns * (tile.height() + Gap));
        painter.drawImage(QRect(corner, tile),
                          paintChannel(wanted.map().tensor->view(), channel,
                                       scaleOver(*shared, wanted.map(), wanted.colouring)));
    }
    return picture;
}

QImage writePicture(const MapExport &wanted)
{
    QMap<QString, QString> texts{{"tensor", wanted.map().address}};
    for (const auto &[key, text] : attributesOf(wanted, namesOf(*wanted.maps)))
        texts.insert(QString::fromStdString(key), QString::fromStdString(text));
    const QImage picture = paintChannels(wanted);
    writePng(wanted.file, picture, texts);
    return picture;
}

void writeChannels(const MapExport &wanted)
{
    const QString suffix = QFileInfo(wanted.file).suffix().toLower();
    const Provenance provenance =
        provenanceOf(wanted.maps->source, wanted.maps->preparation, *wanted.maps->model);
    QJsonObject description = describe(wanted, provenance);
    if (suffix == "png") {
        writePicture(wanted);
        description.insert("picture", describePicture(wanted));
    } else if (suffix == "npy") {
        const Tensor values = gather(wanted);
        writeNpy(wanted.file.toStdU16String(), values.values(), extentsOf(wanted, values));
    } else if (suffix == "h5") {
        const Tensor values = gather(wanted);
        writeHdf5Tensor(wanted.file.toStdU16String(), wanted.map().address.toStdString(), values.values(),
                        extentsOf(wanted, values), attributesOf(wanted, provenance));
    } else {
        throw Error(ErrorKind::InvalidArgument,
                    wanted.file.toStdString() + " must end in .png, .npy or .h5 to be written");
    }
    writeText(wanted.file + ".json", QJsonDocument(description).toJson());
}

} // namespace reslens
