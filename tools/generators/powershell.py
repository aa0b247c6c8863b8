"""Completion for PowerShell 5.1 and newer, with descriptions."""

from collections.abc import Mapping

from tools.generators import values
from tools.generators.bash import arguments_of
from tools.generators.fish import first_words, rows_of
from tools.generators.tree import GLOBALS, SHORTCUTS, Command, words_after

HEAD = """\
# Completion of cowork for PowerShell. Made by tools/generate.py: change that, not this file.
# Only for names of your own is a program started, `cowork _names`; the rest stands here.
# A row is its cells with | between: word|meaning, or option|spec|meaning. Specs: "-" flag,
# "." anything, f file, d folder, =LIST, @KIND, several with "+".

$global:CoworkTables = @{}
"""

BODY = r"""
function global:Get-CoworkRows([string] $Table, [string] $Key) {
    if ($global:CoworkTables[$Table].ContainsKey($Key)) { $global:CoworkTables[$Table][$Key] }
}

function global:Get-CoworkSpec([string] $Path, [string] $Option) {
    foreach ($Row in @(Get-CoworkRows options $Path) + @(Get-CoworkRows options '')) {
        $Cells = "$Row".Split('|', 3)
        if ($Cells[0] -ceq $Option) { return $Cells[1] }
    }
    return '-'
}

function global:New-CoworkResult([string] $Text, [string] $Word, [string] $Meaning, [string] $Kind) {
    if (-not $Meaning) { $Meaning = $Word }
    if ($Text -match '[^-A-Za-z0-9_./:@,+%=\\]') { $Text = "'" + $Text.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($Text, $Word, $Kind, $Meaning)
}

function global:Get-CoworkValues([string] $Spec, [string] $Typed, [string] $Front, [string] $Home_) {
    if ($Spec.Contains('+')) {
        foreach ($Part in $Spec.Split('+')) { Get-CoworkValues $Part $Typed $Front $Home_ }
        return
    }
    $Pairs = @()
    if ($Spec -eq 'f' -or $Spec -eq 'd') {
        foreach ($Item in Get-ChildItem -Path "$Typed*" -Directory:($Spec -eq 'd') -ErrorAction SilentlyContinue) {
            $Folder = Split-Path -Path $Typed -Parent -ErrorAction SilentlyContinue
            $Pairs += , @($(if ($Folder) { Join-Path $Folder $Item.Name } else { $Item.Name }), '')
        }
    } elseif ($Spec.StartsWith('=')) {
        foreach ($Row in @(Get-CoworkRows lists $Spec.Substring(1))) {
            $Cells = "$Row|".Split('|')
            $Pairs += , @($Cells[0], $Cells[1])
        }
    } elseif ($Spec.StartsWith('@')) {
        $Before = $env:COWORK_HOME
        try {
            if ($Home_) { $env:COWORK_HOME = $Home_ }
            foreach ($Row in @(& cowork _names $Spec.Substring(1) $Typed 2>$null)) {
                $Cells = "$Row`t".Split("`t")
                $Pairs += , @($Cells[0], $Cells[1])
            }
        } finally { $env:COWORK_HOME = $Before }
    }
    foreach ($Pair in $Pairs) {
        # What `cowork _names` answers fits already, also where the name begins otherwise.
        if ($Spec.StartsWith('@') -or $Pair[0].StartsWith($Typed, [System.StringComparison]::OrdinalIgnoreCase)) {
            New-CoworkResult "$Front$($Pair[0])" $Pair[0] $Pair[1] ParameterValue
        }
    }
}

function global:Get-CoworkWords([string] $Table, [string] $Key, [string] $Typed) {
    foreach ($Row in @(Get-CoworkRows $Table $Key)) {
        $Cells = "$Row".Split('|')
        if ($Cells[0].StartsWith($Typed)) { New-CoworkResult $Cells[0] $Cells[0] $Cells[-1] ParameterValue }
    }
}

Register-ArgumentCompleter -Native -CommandName cowork -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $Typed = "$wordToComplete".Trim('"', "'")
    $Path = ''; $Noun = $false; $Count = 0; $Waiting = ''; $Option = ''; $Home_ = ''; $Only = $false
    $Words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_".Trim('"', "'") })
    foreach ($Word in $Words) {
        if ($Waiting) {
            if ($Option -ceq '--home') { $Home_ = $Word }
            $Waiting = ''
        } elseif (-not $Only -and $Word -eq '--') {
            $Only = $true
        } elseif (-not $Only -and $Word -match '^-.' -and $Word -notmatch '^-[0-9]+$') {
            $Option, $Value = $Word.Split('=', 2)
            $Spec = Get-CoworkSpec $Path $Option
            if ($Word.Contains('=')) {
                if ($Option -ceq '--home') { $Home_ = $Value }
            } elseif ($Spec -ne '-') { $Waiting = $Spec }
        } elseif (-not $Path) {
            $Path = $Word
            if ($global:CoworkTables.long.ContainsKey($Word)) { $Path = $global:CoworkTables.long[$Word] }
            $Noun = $global:CoworkTables.verbs.ContainsKey($Word)
        } elseif ($Noun) {
            $Path = "$Path $Word"
            $Noun = $global:CoworkTables.verbs.ContainsKey($Path)
        } else { $Count++ }
    }
    if ($Waiting) {
        Get-CoworkValues $Waiting $Typed '' $Home_
    } elseif (-not $Only -and $Typed -match '^(-[^=]+=)(.*)$') {
        $Front = $Matches[1]; $Rest = $Matches[2]
        Get-CoworkValues (Get-CoworkSpec $Path $Front.TrimEnd('=')) $Rest $Front $Home_
    } elseif (-not $Only -and $Typed.StartsWith('-')) {
        Get-CoworkWords options $Path $Typed
        Get-CoworkWords options '' $Typed
    } elseif (-not $Path -or $Noun) {
        Get-CoworkWords verbs $Path $Typed
    } else {
        $Specs = @(Get-CoworkRows arguments $Path)
        for ($Number = 0; $Number -lt $Specs.Count; $Number++) {
            if ($Number -eq $Count -or $Specs[$Number].EndsWith('*')) {
                Get-CoworkValues $Specs[$Number].TrimEnd('*') $Typed '' $Home_
                break
            }
        }
    }
}
"""


def generate(tree: tuple[Command, ...]) -> str:
    """The whole file."""
    verbs = {"": first_words(tree)}
    verbs |= words_after()
    options = {"": rows_of(GLOBALS), **{row.name: rows_of(row.options) for row in tree}}
    tables = {
        "verbs": {key: _pairs(row) for key, row in verbs.items()},
        "lists": {key: _pairs(row) for key, row in values.LISTS.items()},
        "options": {
            key: [row.replace("|", "/").replace("\t", "|") for row in rows]
            for key, rows in options.items()
        },
        "arguments": {row.name: arguments_of(row.arguments).split() for row in tree},
    }
    long = "; ".join(f"'{word}' = '{' '.join(path)}'" for word, path in SHORTCUTS.items())
    return (
        "\n".join([HEAD, *(_table(name, rows) for name, rows in tables.items())])
        + f"$global:CoworkTables.long = @{{ {long} }}\n"
        + BODY
    )


def _pairs(words: Mapping[str, str]) -> list[str]:
    return [f"{word}|{said.replace('|', '/')}" if said else word for word, said in words.items()]


def _table(name: str, rows: Mapping[str, list[str]]) -> str:
    lines = [f"$global:CoworkTables.{name} = @{{"]
    for key, cells in rows.items():
        if cells:
            lines.append(f"    {_quoted(key)} = @(")
            lines += [f"        {_quoted(cell)}" for cell in cells]
            lines.append("    )")
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
