// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/class_choice.h"

#include "engine/error.h"

#include <QStringList>

#include <vector>

namespace reslens::cli {
namespace {

constexpr qsizetype mostSuggestions = 5;

QString comparable(const QString &name)
{
    return name.toLower().replace('_', ' ').trimmed();
}

[[noreturn]] void refuse(const QString &sentence)
{
    throw Error(ErrorKind::InvalidArgument, sentence.toStdString());
}

QString unknown(const QString &text, const ModelInfo &model)
{
    QStringList similar;
    for (const ClassLabel &label : model.classes) {
        const QString name = QString::fromStdString(label.name);
        if (similar.size() < mostSuggestions && comparable(name).contains(comparable(text)))
            similar << name;
    }
    const QString sentence = QStringLiteral("%1 knows no class \"%2\"; ").arg(model.name.c_str(), text);
    return similar.isEmpty() ? sentence + "\"reslens-cli inspect --json\" lists its classes"
                             : sentence + "similar names are " + similar.join(", ");
}

} // namespace

int chooseClass(const QString &text, const ModelInfo &model)
{
    bool isNumber = false;
    const int index = text.toInt(&isNumber);
    if (isNumber) {
        if (index < 0 || index >= int(model.classes.size()))
            refuse(QStringLiteral("class %1 does not exist: %2 knows classes 0 to %3")
                       .arg(QString::number(index), model.name.c_str(),
                            QString::number(model.classes.size() - 1)));
        return index;
    }
    std::vector<int> found;
    for (std::size_t i = 0; i < model.classes.size(); ++i) {
        const ClassLabel &label = model.classes[i];
        if (comparable(QString::fromStdString(label.name)) == comparable(text) ||
            QString::fromStdString(label.wnid) == text)
            found.push_back(int(i));
    }
    if (found.empty())
        refuse(unknown(text, model));
    if (found.size() > 1)
        refuse(QStringLiteral("\"%1\" is the name of %2 classes: say %3 or %4")
                   .arg(text)
                   .arg(found.size())
                   .arg(found[0])
                   .arg(found[1]));
    return found.front();
}

std::optional<int> chooseVersus(const CommandLine &line, const ModelInfo &model, int explained)
{
    if (!line.isSet("versus"))
        return {};
    const int versus = chooseClass(line.value("versus"), model);
    if (versus == explained)
        refuse(QStringLiteral("--versus names the class that is explained itself, %1: there is no difference "
                              "to explain")
                   .arg(QString::fromStdString(model.classes[std::size_t(versus)].name)));
    return versus;
}

} // namespace reslens::cli
