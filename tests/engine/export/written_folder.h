// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace reslens::test {

/// A folder of its own for what a test writes, hidden entries included.
class WrittenFolder
{
protected:
    std::filesystem::path path(const char *name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

    static void put(const std::filesystem::path &file, const std::string &text)
    {
        std::ofstream(file) << text;
    }

    static std::string get(const std::filesystem::path &file)
    {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    QStringList entries() const
    {
        return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    void clear()
    {
        for (const QString &entry : entries())
            std::filesystem::remove_all(path(qPrintable(entry)));
    }

    QTemporaryDir m_folder;
};

} // namespace reslens::test
