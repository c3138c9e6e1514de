#!/usr/bin/env bash
# The tasks of the plan in this folder on the machines of the file hosts, one at a time on each, by GNU parallel.
# Started again, it goes on: what has ended well is not run again, what has failed is. Written by: @{command}
set -u
exec parallel --sshloginfile @{quotedHosts} --jobs 1 --joblog @{quotedLog} --resume-failed --retries @{retries} \
    --termseq TERM,60000,KILL,1000 --line-buffer --tag \
    @{quotedTask} ::: $(seq @{count})
