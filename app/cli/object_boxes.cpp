// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/object_boxes.h"

#include "app/cli/command_line.h"
#include "engine/error.h"
#include "engine/imaging/resample.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace reslens::cli {
namespace {

[[noreturn]] void refuse(const QString &file, const QString &where, const QString &found)
{
    throw Error(ErrorKind::Damaged,
                QStringLiteral("%1, %2: expected a file's name and left, top, right, bottom of a box, found "
                               "\"%3\"")
                    .arg(file, where, found)
                    .toStdString());
}

std::optional<ObjectBox> boxOf(const std::array<double, 4> &edges)
{
    const auto [left, top, right, bottom] = edges;
    const bool isFinite = std::ranges::all_of(edges, [](double edge) { return std::isfinite(edge); });
    return isFinite && right > left && bottom > top ? std::optional(ObjectBox{left, top, right, bottom})
                                                    : std::nullopt;
}

std::optional<ObjectBox> boxFromText(const QStringList &numbers)
{
    std::array<double, 4> edges{};
    for (qsizetype i = 0; i < 4; ++i) {
        bool isNumber = numbers.size() == 4;
        edges[std::size_t(i)] = isNumber ? numbers[i].toDouble(&isNumber) : 0;
        if (!isNumber)
            return {};
    }
    return boxOf(edges);
}

std::optional<ObjectBox> boxFromJson(const QJsonArray &numbers)
{
    std::array<double, 4> edges{};
    for (int i = 0; i < 4; ++i) {
        if (numbers.size() != 4 || !numbers[i].isDouble())
            return {};
        edges[std::size_t(i)] = numbers[i].toDouble();
    }
    return boxOf(edges);
}

QString nameOf(const QString &path)
{
    return QFileInfo(path).fileName();
}

/// No other header will do: columns that mean something else would be read as edges.
bool isHeader(QString line)
{
    return line.remove('"').remove(' ').toLower() == "file,left,top,right,bottom";
}

ObjectBoxes fromCsv(const QString &file, const QByteArray &content)
{
    ObjectBoxes boxes;
    const QStringList lines = QString::fromUtf8(content).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || (i == 0 && isHeader(line)))
            continue;
        // The file's name may have commas of its own.
        const QStringList fields = line.split(',');
        const auto box = boxFromText(fields.mid(std::max(qsizetype(0), fields.size() - 4)));
        QString name = fields.mid(0, fields.size() - 4).join(',');
        if (!box || name.isEmpty())
            refuse(file, QStringLiteral("line %1").arg(i + 1), line);
        if (name.size() > 1 && name.startsWith('"') && name.endsWith('"'))
            name = name.mid(1, name.size() - 2).replace("\"\"", "\"");
        boxes[nameOf(name)].push_back(*box);
    }
    return boxes;
}

ObjectBoxes fromJson(const QString &file, const QByteArray &content)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(content, &error);
    if (!document.isObject())
        throw Error(ErrorKind::Damaged, QStringLiteral("%1 is not a JSON object of boxes by file: %2")
                                            .arg(file, error.errorString())
                                            .toStdString());
    ObjectBoxes boxes;
    const QJsonObject entries = document.object();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        if (!entry.value().isArray())
            refuse(
                file, entry.key(),
                QString::fromUtf8(
                    QJsonDocument(QJsonObject{{entry.key(), entry.value()}}).toJson(QJsonDocument::Compact)));
        for (const QJsonValue value : entry.value().toArray()) {
            const auto box = boxFromJson(value.toArray());
            if (!box)
                refuse(file, entry.key(),
                       QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)));
            boxes[nameOf(entry.key())].push_back(*box);
        }
    }
    return boxes;
}

} // namespace

ObjectBoxes readObjectBoxes(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != "csv" && suffix != "json")
        throw UsageError(
            QStringLiteral("--boxes takes a file that ends in .csv or .json, not \"%1\".").arg(file));
    QFile in(file);
    if (!in.exists())
        throw Error(ErrorKind::FileMissing,
                    QStringLiteral("there is no file \"%1\"").arg(file).toStdString());
    if (!in.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::FileUnreadable,
                    QStringLiteral("%1 cannot be read: %2").arg(file, in.errorString()).toStdString());
    const QByteArray content = in.readAll();
    ObjectBoxes boxes = suffix == "csv" ? fromCsv(file, content) : fromJson(file, content);
    if (boxes.isEmpty())
        throw Error(ErrorKind::Damaged, QStringLiteral("%1 has no box in it").arg(file).toStdString());
    return boxes;
}

std::vector<ObjectBox> boxesOnInput(const std::vector<ObjectBox> &boxes, int width, int height, int inputSize,
                                    ResizeMode mode)
{
    const Box part = takenPart(width, height, inputSize, mode);
    const double across = double(inputSize) / part.width;
    const double down = double(inputSize) / part.height;
    std::vector<ObjectBox> result;
    for (const ObjectBox &box : boxes)
        result.push_back({(box.left - part.x) * across, (box.top - part.y) * down,
                          (box.right - part.x) * across, (box.bottom - part.y) * down});
    return result;
}

} // namespace reslens::cli
