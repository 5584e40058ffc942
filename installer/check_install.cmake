# SPDX-License-Identifier: GPL-3.0-or-later
# Installs a finished build into a folder of its own and uses the copy.
#   cmake -D BUILD=FOLDER -D CONFIG=Release -P check_install.cmake
set(prefix ${BUILD}/installed-copy)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} --config ${CONFIG}
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

foreach(file bin/reslens bin/reslens-cli share/applications/reslens.desktop
        share/icons/hicolor/scalable/apps/reslens.svg share/icons/hicolor/256x256/apps/reslens.png
        share/metainfo/org.example.reslens.metainfo.xml share/man/man1/reslens.1.gz share/man/man1/reslens-cli.1.gz)
    if(NOT EXISTS ${prefix}/${file})
        message(SEND_ERROR "Not installed: ${file}")
    endif()
endforeach()

file(GLOB samples ${prefix}/share/reslens/samples/*.jpg)
list(LENGTH samples count)
if(count LESS 2)
    message(SEND_ERROR "Sample photos installed: ${count}")
endif()
foreach(sample IN LISTS samples)
    execute_process(COMMAND ${prefix}/bin/reslens-cli classify ${sample} --top 1
        OUTPUT_VARIABLE answer COMMAND_ERROR_IS_FATAL ANY)
    # The file is named after what is on it.
    get_filename_component(expected ${sample} NAME_WE)
    string(REPLACE - " " expected ${expected})
    string(TOLOWER "${answer}" answer)
    if(NOT answer MATCHES "%  ${expected}  ")
        message(SEND_ERROR "${sample} should be classified as ${expected}: ${answer}")
    endif()
endforeach()
