@echo off
rem Starts Consentry. Wants a Java runtime, 17 or newer: JAVA_HOME, else the java.exe on the PATH.
rem CONSENTRY_JAVA_OPTS adds options for the Java runtime, separated by blanks, and wins over those below,
rem but not over the options by which a crash leaves no file.
rem Runs need files that only their owner may read, which this program makes on POSIX systems alone: see src/docs/running.md.
rem plan --real needs the same, and a terminal, which a batch file cannot distinguish from a pipe: so consentry.interactive is false.
setlocal EnableExtensions DisableDelayedExpansion

rem The folder above the one of this script.
for %%i in ("%~dp0..") do set "home=%%~fi"

rem Jumps instead of blocks: a parenthesis in a path, as in Program Files (x86), would end a block.
if not defined JAVA_HOME goto path
set "java=%JAVA_HOME:"=%\bin\java.exe"
if exist "%java%" goto found
goto missing
:path
set "java=java.exe"
for %%i in (java.exe) do if not "%%~$PATH:i" == "" goto found
:missing
>&2 echo consentry: no Java runtime at '%java%': set JAVA_HOME to a JDK 17 or newer, or put java on the PATH
exit /b 1
:found

rem Drivers of databases that a person adds. With java -jar nothing but the manifest decides the class path.
set start=-jar "%home%\lib\consentry.jar"
if not exist "%home%\lib\drivers\*.jar" goto drivers
set start=--enable-native-access=ALL-UNNAMED -cp "%home%\lib\consentry.jar;%home%\lib\drivers\*" org.consentry.cli.Main
:drivers

rem Classes parsed once. An archive that is absent, or of another Java runtime, is passed over in silence.
set archive=
if exist "%home%\lib\consentry.jsa" set archive=-Xshare:auto -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "-XX:SharedArchiveFile=%home%\lib\consentry.jsa"
if exist "%home%\lib\consentry.aot" set archive=-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "-XX:AOTCache=%home%\lib\consentry.aot"

set noise=-XX:-DisplayVMOutput
if defined CONSENTRY_JAVA_OPTS set noise=-XX:+DisplayVMOutputToStderr

rem A crash leaves no dump behind: a dump would have patients' records and keys. When memory runs out the process ends at
rem once with exit code 1.
"%java%" -Xlog:disable -XX:+UnlockDiagnosticVMOptions %noise% "-XX:OnOutOfMemoryError=taskkill /F /PID %%p" -XX:+UseSerialGC -XX:CompileThresholdScaling=10 -XX:Tier3BackEdgeThreshold=2000 -XX:Tier3MinInvocationThreshold=1 -XX:Tier4MinInvocationThreshold=2 -XX:LoopUnrollLimit=0 -XX:-UsePerfData -Xmx360m -Dfile.encoding=UTF-8 -Dconsentry.terminal=false -Dconsentry.columns=80 %CONSENTRY_JAVA_OPTS% -XX:-CreateCoredumpOnCrash -XX:-HeapDumpOnOutOfMemoryError -XX:ErrorFile=NUL -Dconsentry.interactive=false %archive% %start% %*
exit /b %ERRORLEVEL%
