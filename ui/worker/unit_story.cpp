// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/unit_story.h"

#include "engine/unit_address.h"

namespace reslens {

QString UnitStory::address() const
{
    const Node &asked = model().description.nodes[std::size_t(question.node)];
    return QString::fromStdString(toString(
        UnitAddress{asked.address(), question.channel, question.position.y(), question.position.x()}));
}

UnitStoryPtr storyOf(Runner &runner, const Trace &trace, const WeightFile &file, const UnitQuestion &question,
                     const std::stop_token &stop)
{
    const Unit unit{question.node, question.channel, question.position.y(), question.position.x()};
    return std::make_shared<UnitStory>(
        UnitStory{originOf(runner, trace.input, trace.outputs, file, unit, stop), question});
}

} // namespace reslens
