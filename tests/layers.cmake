# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a layer includes what stands above it, or the engine a Qt header.
#   cmake -D ROOT=FOLDER -P layers.cmake

# forbid(LAYER PATTERN): no file of the layer may include a header whose name, after < or ", matches.
function(forbid layer pattern)
    file(GLOB_RECURSE files ${ROOT}/${layer}/*.h ${ROOT}/${layer}/*.cpp)
    if(NOT files)
        message(SEND_ERROR "No sources in ${ROOT}/${layer}")
    endif()
    foreach(file IN LISTS files)
        file(STRINGS ${file} includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"](${pattern})")
        foreach(include IN LISTS includes)
            message(SEND_ERROR "${file} must not have: ${include}")
        endforeach()
    endforeach()
endfunction()

# Qt's headers are <QImage>, <QtGui/QImage>, <qimage.h> and <qcustomplot.h>.
forbid(engine "Q[A-Z]|Qt|q[a-z]+\\.h[>\"]|ui/|app/|resources/")
# Within the engine, the arithmetic knows nothing of networks, and nobody what is built on it.
forbid(engine/kernels "engine/(plan|parallel|imaging|weights|analysis|export|saliency|evaluation)/|engine/(description|network|runner)\\.h")
forbid(engine/plan "engine/(parallel|imaging|weights|analysis|export|saliency|evaluation)/")
forbid(engine/parallel "engine/(imaging|weights|analysis|export|saliency|evaluation)/")
forbid(engine/imaging "engine/(kernels|plan|parallel|weights|analysis|export|saliency|evaluation)/")
forbid(engine/weights "engine/(plan|parallel|imaging|analysis|export|saliency|evaluation)/")
forbid(engine/analysis "engine/(parallel|export|saliency|evaluation)/")
forbid(engine/saliency "engine/(parallel|export|evaluation)/")
forbid(ui "app/")
# What the terminal program has, too, knows no widgets; within ui/, each folder includes those before it.
foreach(layer picture weights export)
    forbid(ui/${layer} "QtWidgets|Q(Widget|Dialog|Application|Label|Menu)|ui/(base|theme|worker|session|widgets|window)/")
endforeach()
set(pages "compare|explain|lesions|maps|model_page|network|saliency|trust")
forbid(ui/base "ui/(picture|weights|export|worker|session|widgets|window|${pages})/")
forbid(ui/theme "ui/(picture|weights|export|worker|session|widgets|window|${pages})/")
forbid(ui/worker "ui/(theme|session|widgets|window|${pages})/")
forbid(ui/session "ui/(theme|widgets|window|${pages})/")
forbid(ui/widgets "ui/(window|${pages})/")
foreach(page compare explain lesions maps model_page network saliency trust)
    forbid(ui/${page} "ui/window/")
endforeach()
