import Testing

@Suite struct ImputeTests {
  @Test func help() throws {
    try Screen(
      name: "help", arguments: ["impute", "--help"],
      output: """
        OVERVIEW: Fill in the missing cells of a table.

        FILLED has the columns of DATA in their order. Only missing cells change, and
        every row is there, those of weight 0 included. A latent variable is filled in
        where DATA has a column for it. Unknown columns pass through with
        --ignore-columns.

        map            the jointly most probable completion of the row, latent
                       variables included
        mode           each cell in the state that is most probable by itself, real
                       numbers at their posterior mean, counts at the most probable one
        mean           each number at its posterior mean, counts too
        draw           completions drawn from their posterior under the model:
                       copies 1 to m below each other, numbered in a first column
                       'copy'
        column-mode    each cell in the most frequent state of its column, by weight,
                       numbers at its mean
        column-mean    each number at the mean of its column, by weight
        complete-rows  no cell is filled in: rows with a missing cell are left out

        mean and column-mean are for columns of numbers: a missing cell of a column
        with states is an error, and columns with states and no missing cell stay.

        A variable whose numbers are cut into intervals is written as intervals, unless
        --numbers asks for numbers.

        Of equally probable or frequent states, the one listed first is taken.

        Example: latent impute fitted.yaml survey.csv -o filled.csv

        USAGE: latent impute [<options>] <fitted> <data>

        ARGUMENTS:
          <fitted>                The model with its parameters; the last three methods
                                  need none. - is standard input.
          <data>                  The table with missing cells. - is standard input.

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
          -o, --output <file>     Write to FILE; default: standard output.
          --method <method>       How missing cells are filled in: map (default), mode,
                                  mean, draw, column-mode, column-mean or complete-rows.
          --copies <m>            With draw: how many completed copies. Default: 5.
          --seed <s>              With draw: the seed of the random numbers. Default: 1.
          --numbers               Write numbers where they were cut into intervals:
                                  those of DATA, and where one is missing, the middle.
          --mask <file>           List the filled cells in FILE: row, column, value,
                                  and for map and mode the probability of the state.
          --indicators            Write the model's indicators, too: which cells are
                                  missing in DATA.
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
      name: "map, with weights, a text column and semicolons",
      arguments: ["impute", "classes.yaml", "votes.csv", "--weights", "w", "--ignore-columns"],
      output: """
        id;q2;w;q1
        "one; two";y;1;y
        2;y;2;y
        3;n;0;n
        4;n;1;n
        5;n;1;y

        """,
      errors: """
        filled 4 cells in 3 of 5 rows

        """),
    Screen(
      name: "mode",
      arguments: ["impute", "classes.yaml", "votes.csv", "--method", "mode", "--weights", "w", "--ignore-columns"],
      output: """
        id;q2;w;q1
        "one; two";y;1;y
        2;y;2;y
        3;n;0;n
        4;n;1;n
        5;n;1;y

        """,
      errors: """
        filled 4 cells in 3 of 5 rows

        """),
    Screen(
      name: "draw",
      arguments: [
        "impute", "classes.yaml", "votes.csv", "--method", "draw", "--copies", "2", "--seed", "3", "--weights", "w",
        "--ignore-columns",
      ],
      output: """
        copy;id;q2;w;q1
        1;"one; two";y;1;y
        1;2;n;2;y
        1;3;n;0;n
        1;4;y;1;n
        1;5;n;1;y
        2;"one; two";y;1;y
        2;2;y;2;y
        2;3;n;0;n
        2;4;n;1;y
        2;5;n;1;y

        """,
      errors: """
        filled 4 cells in 3 of 5 rows
        drew 2 copies with seed 3

        """),
    Screen(
      name: "column-mode",
      arguments: [
        "impute", "classes.yaml", "votes.csv", "--method", "column-mode", "--weights", "w", "--ignore-columns",
      ],
      output: """
        id;q2;w;q1
        "one; two";y;1;y
        2;n;2;y
        3;n;0;y
        4;n;1;y
        5;n;1;y

        """,
      errors: """
        filled 4 cells in 3 of 5 rows

        """),
    Screen(
      name: "complete-rows",
      arguments: [
        "impute", "classes.yaml", "votes.csv", "--method", "complete-rows", "--weights", "w", "--ignore-columns",
      ],
      output: """
        id;q2;w;q1
        "one; two";y;1;y
        5;n;1;y

        """,
      errors: """
        left out 3 incomplete rows of 5, kept 2

        """),
    Screen(
      name: "map is joint",
      arguments: ["impute", "rain.yaml", "grass.csv", "--ignore-columns"],
      output: """
        day,grass,rain,sprinkler
        mon,wet,no,on
        tue,dry,no,off
        wed,wet,no,on
        thu,wet,yes,off

        """,
      errors: """
        filled 6 cells in 4 of 4 rows

        """),
    Screen(
      name: "a latent variable with some labels is filled",
      arguments: ["impute", "classes.yaml", "labelled.csv"],
      output: """
        q1,bloc,q2
        y,b,y
        y,a,n
        n,a,n

        """,
      errors: """
        filled 4 cells in 3 of 3 rows

        """),
    Screen(
      name: "an empty column of a latent variable is filled",
      arguments: ["impute", "classes.yaml", "empty.csv"],
      output: """
        bloc,q1,q2
        b,y,y
        a,n,n

        """,
      errors: """
        filled 4 cells in 2 of 2 rows

        """),
    Screen(
      name: "an empty column has no mode",
      arguments: ["impute", "classes.yaml", "empty.csv", "--method", "column-mode"],
      output: """
        bloc,q1,q2
        ,y,n
        ,y,n

        """,
      errors: """
        filled 2 cells in 2 of 2 rows
        column bloc has no observed cell in a row of positive weight and stays as it is

        """),
    Screen(
      name: "a file, quietly",
      arguments: ["impute", "rain.yaml", "grass.csv", "-o", "out.csv", "--quiet", "--ignore-columns"],
      file: """
        day,grass,rain,sprinkler
        mon,wet,no,on
        tue,dry,no,off
        wed,wet,no,on
        thu,wet,yes,off

        """),
    Screen(
      name: "a baseline without parameters",
      arguments: ["impute", "structure.yaml", "grass.csv", "--method", "column-mode", "--ignore-columns"],
      output: """
        day,grass,rain,sprinkler
        mon,wet,no,off
        tue,dry,no,off
        wed,wet,no,off
        thu,wet,yes,off

        """,
      errors: """
        filled 6 cells in 4 of 4 rows

        """),
  ]

  @Test(arguments: screens) func showsTheWholeScreen(_ screen: Screen) throws { try screen.check() }
}
