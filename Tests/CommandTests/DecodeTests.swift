import Testing

@Suite struct DecodeTests {
  @Test func help() throws {
    try Screen(
      name: "help", arguments: ["decode", "--help"],
      output: """
        OVERVIEW: The most probable explanation of each row.

        With one latent variable that has no parents: its most probable class, other
        missing cells summed out. With any other model: the jointly most probable
        assignment of everything unobserved. With --of: the jointly most probable
        states of these variables, everything else summed out. Of equally probable
        states, the one listed first is taken.

        One row per row of DATA: first the columns that the model does not know
        (--ignore-columns), then the decoded variables; observed cells stay.

        Example: latent decode fitted.yaml survey.csv -o classes.csv

        USAGE: latent decode <fitted> <data> [--of <names> ...] [--output <file>] [--json] [--missing <token> ...] \
        [--only-missing <token> ...] [--weights <column>] [--ignore-columns] [--hide <column> ...] [--quiet] \
        [--memory-limit <MiB>]

        ARGUMENTS:
          <fitted>                The model with its parameters. - is standard input.
          <data>                  The table. - is standard input.

        DATA:
          --missing <token>       Read TOKEN as a missing cell, besides the empty cell,
                                  NA, N/A, NaN, null, ? and those of the model file;
                                  repeatable, or several with commas. COLUMN=TOKEN for
                                  one column.
          --only-missing <token>  Read TOKEN as a missing cell, and no other token;
                                  repeatable.
          --weights <column>      The column that holds the weight of each row.
          --ignore-columns        Pass over columns that the model does not know.
          --hide <column>         Answer as if COLUMN had not been seen; repeatable.
                                  Answers about it are compared with its cells.

        OPTIONS:
          --of <names>            The variables to decode, with commas between;
                                  repeatable.
          -o, --output <file>     Write to FILE; default: standard output.
          --json                  Write one JSON object: the rows, and log_probability,
                                  the sum over rows, by weight, of log p(assignment,
                                  observed).
          --quiet                 Print results and errors only.
          --memory-limit <MiB>    Refuse exact inference whose tables need more memory
                                  than this, in MiB. (default: 2048)
          --version               Show the version.
          -h, --help              Show help information.


        """
    ).check()
  }

  static let screens = [
    Screen(
      name: "a hidden root",
      arguments: ["decode", "classes.yaml", "votes.csv", "--weights", "w", "--ignore-columns"],
      output: """
        id;bloc
        "one; two";b
        2;b
        3;a
        4;a
        5;a

        """,
      errors: """
        decoded the most probable bloc of each row, other missing cells summed out

        """),
    Screen(
      name: "a hidden root with some labels",
      arguments: ["decode", "classes.yaml", "labelled.csv"],
      output: """
        bloc
        b
        a
        a

        """,
      errors: """
        decoded the most probable bloc of each row, other missing cells summed out

        """),
    Screen(
      name: "JSON, by weight",
      arguments: ["decode", "classes.yaml", "labelled.csv", "--json", "--quiet"],
      output: """
        {
          "log_probability" : -4.328782120155069,
          "rows" : [
            {
              "bloc" : "b"
            },
            {
              "bloc" : "a"
            },
            {
              "bloc" : "a"
            }
          ],
          "variables" : [
            "bloc"
          ]
        }

        """),
    Screen(
      name: "any other network",
      arguments: ["decode", "rain.yaml", "grass.csv", "--ignore-columns"],
      output: """
        day,rain,sprinkler,grass
        mon,no,on,wet
        tue,no,off,dry
        wed,no,on,wet
        thu,yes,off,wet

        """,
      errors: """
        decoded the jointly most probable assignment of everything unobserved in each row

        """),
    Screen(
      name: "one variable by name",
      arguments: ["decode", "rain.yaml", "grass.csv", "--of", "rain", "--ignore-columns"],
      output: """
        day,rain
        mon,no
        tue,no
        wed,no
        thu,yes

        """,
      errors: """
        decoded the most probable rain of each row, other missing cells summed out

        """),
    Screen(
      name: "several variables, in their order",
      arguments: ["decode", "rain.yaml", "grass.csv", "--of", "grass,sprinkler", "--ignore-columns"],
      output: """
        day,grass,sprinkler
        mon,wet,on
        tue,dry,off
        wed,wet,on
        thu,wet,off

        """,
      errors: """
        decoded the jointly most probable grass, sprinkler of each row, other missing cells summed out

        """),
    Screen(
      name: "a file, quietly",
      arguments: ["decode", "rain.yaml", "grass.csv", "-o", "out.csv", "--quiet", "--ignore-columns"],
      file: """
        day,rain,sprinkler,grass
        mon,no,on,wet
        tue,no,off,dry
        wed,no,on,wet
        thu,yes,off,wet

        """),
  ]

  @Test(arguments: screens) func showsTheWholeScreen(_ screen: Screen) throws { try screen.check() }

  static let refusals = [
    RefusedRun(
      name: "an impossible row", arguments: ["decode", "rain.yaml", "impossible.csv", "-o", "out.csv"],
      status: 65,
      sentence: "impossible.csv: 2 rows have probability 0 under rain.yaml: line 3 (P(sprinkler=on | rain=yes) is "
        + "0), line 5 (P(grass=wet | rain=no, sprinkler=off) is 0); correct the cells, or the zeros of the "
        + "model"),
    RefusedRun(
      name: "nothing hidden", arguments: ["decode", "rain.yaml", "complete.csv", "-o", "out.csv"],
      status: 65,
      sentence: "complete.csv: no cell is missing and no variable is latent, so that there is nothing to decode"),
    RefusedRun(
      name: "no parameters", arguments: ["decode", "structure.yaml", "grass.csv", "--ignore-columns"],
      status: 65,
      sentence: "structure.yaml: variables rain, sprinkler, grass have no parameters; learn them with latent fit"),
  ]

  @Test(arguments: refusals) func refusesInOneSentence(_ refusal: RefusedRun) throws { try refusal.check() }
}
