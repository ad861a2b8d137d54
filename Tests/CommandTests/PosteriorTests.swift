import Foundation
import Testing

@Suite struct PosteriorTests {
  @Test func help() throws {
    try Screen(
      name: "help", arguments: ["posterior", "--help"],
      output: """
        OVERVIEW: Per row: the probability of each unobserved state given what was
        observed.

        One row per row of DATA: first the columns that the model does not know
        (--ignore-columns), then a column 'variable=state' for each state of each
        variable asked for. An observed cell has probability 1. A variable of numbers
        has two columns, 'variable=mean' and 'variable=sd': the mean and the standard
        deviation of its posterior.

        Example: latent posterior fitted.yaml survey.csv --of bloc -o bloc.csv

        USAGE: latent posterior [<options>] <fitted> <data>

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
          --of <names>            The variables, with commas between; repeatable.
                                  Default: the latent ones; when there are none, those
                                  with missing cells.
          --filter                In sequences: given the rows up to each row only, not
                                  those behind it.
          -o, --output <file>     Write to FILE; default: standard output.
          --json                  Write a JSON list with one object per row instead of
                                  a table.
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
      name: "latent variables",
      arguments: ["posterior", "classes.yaml", "votes.csv", "--weights", "w", "--ignore-columns"],
      output: """
        id;bloc=a;bloc=b
        "one; two";0.1;0.9
        2;0.25;0.75
        3;0.75;0.25
        4;0.5;0.5
        5;0.5;0.5

        """),
    Screen(
      name: "variables with missing cells",
      arguments: ["posterior", "rain.yaml", "grass.csv", "--ignore-columns"],
      output: """
        day,rain=no,rain=yes,sprinkler=off,sprinkler=on,grass=dry,grass=wet
        mon,0.6,0.4,0.4,0.6,0.0,1.0
        tue,0.8823529411764706,0.1176470588235294,0.8235294117647058,0.17647058823529413,1.0,0.0
        wed,1.0,0.0,0.0,1.0,0.0,1.0
        thu,0.0,1.0,1.0,0.0,0.25,0.75

        """),
    Screen(
      name: "variables by name, in their order",
      arguments: [
        "posterior", "classes.yaml", "votes.csv", "--of", "q1,bloc", "--weights", "w", "--ignore-columns",
      ],
      output: """
        id;q1=n;q1=y;bloc=a;bloc=b
        "one; two";0.0;1.0;0.1;0.9
        2;0.0;1.0;0.25;0.75
        3;0.625;0.375;0.75;0.25
        4;0.5;0.5;0.5;0.5
        5;0.0;1.0;0.5;0.5

        """),
    Screen(
      name: "an observed cell is certain",
      arguments: ["posterior", "rain.yaml", "complete.csv", "--of", "rain"],
      output: """
        rain=no,rain=yes
        1.0,0.0
        1.0,0.0

        """),
    Screen(
      name: "JSON",
      arguments: ["posterior", "rain.yaml", "grass.csv", "--of", "sprinkler", "--json", "--ignore-columns"],
      output: """
        [
          {
            "day" : "mon",
            "sprinkler=off" : 0.4,
            "sprinkler=on" : 0.6
          },
          {
            "day" : "tue",
            "sprinkler=off" : 0.8235294117647058,
            "sprinkler=on" : 0.17647058823529413
          },
          {
            "day" : "wed",
            "sprinkler=off" : 0,
            "sprinkler=on" : 1
          },
          {
            "day" : "thu",
            "sprinkler=off" : 1,
            "sprinkler=on" : 0
          }
        ]

        """),
    Screen(
      name: "a file",
      arguments: ["posterior", "classes.yaml", "labelled.csv", "-o", "out.csv"],
      file: """
        bloc=a,bloc=b
        0.1,0.9
        1.0,0.0
        0.75,0.25

        """),
  ]

  @Test(arguments: screens) func showsTheWholeScreen(_ screen: Screen) throws { try screen.check() }

  /// Cells are copied where rows share a posterior and spelt where it is one row's own; `--json` knows neither.
  @Test func theTableHoldsTheNumbersOfTheJSON() throws {
    let folder = try Folder(RowExamples.files)
    let patterns = [
      "no,off,dry", "no,on,wet", "yes,off,wet", "no,,dry", "no,,wet", "no,on,", "no,off,", "no,,", "yes,,", "yes,,wet",
      ",on,wet", ",on,", ",off,wet", ",off,dry", ",,dry", ",,wet", ",,",
    ]
    // A third of the patterns comes once, the others twice.
    let rows = patterns + patterns.indices.filter { $0 % 3 != 0 }.map { patterns[$0] }
    try folder.write("rain,sprinkler,grass\n" + rows.joined(separator: "\n") + "\n", to: "all.csv")
    for asked in ["grass", "sprinkler,rain", "rain,sprinkler,grass"] {
      let table = try Tool.run("posterior", "rain.yaml", "all.csv", "--of", asked, in: folder)
      let json = try Tool.run("posterior", "rain.yaml", "all.csv", "--of", asked, "--json", in: folder)
      #expect(table.status == 0 && json.status == 0)
      let objects = try JSONDecoder().decode([[String: Double]].self, from: Data(json.standardOutput.utf8))
      let lines = table.standardOutput.split(separator: "\n").map { $0.split(separator: ",") }
      #expect(lines.count == rows.count + 1 && objects.count == rows.count)
      for (line, object) in zip(lines.dropFirst(), objects) {
        #expect(line.map { Double($0) } == lines[0].map { object[String($0)] })
      }
    }
  }

  static let refusals = [
    RefusedRun(
      name: "an impossible row", arguments: ["posterior", "rain.yaml", "impossible.csv", "-o", "out.csv"],
      status: 65,
      sentence: "impossible.csv: 2 rows have probability 0 under rain.yaml: line 3 (P(sprinkler=on | rain=yes) is "
        + "0), line 5 (P(grass=wet | rain=no, sprinkler=off) is 0); correct the cells, or the zeros of the "
        + "model"),
    RefusedRun(
      name: "an unknown variable", arguments: ["posterior", "rain.yaml", "complete.csv", "--of", "rian,grass"],
      status: 64,
      sentence: "--of: 'rian' is not a variable of the model (rain, sprinkler, grass); use one of them"),
    RefusedRun(
      name: "a variable named twice", arguments: ["posterior", "rain.yaml", "complete.csv", "--of", "rain,rain"],
      status: 64,
      sentence: "--of: rain is named twice; name it once"),
    RefusedRun(
      name: "nothing uncertain", arguments: ["posterior", "rain.yaml", "complete.csv", "-o", "out.csv"],
      status: 65,
      sentence: "complete.csv: no cell is missing and no variable is latent, so that all probabilities would be 0 or "
        + "1; name the variables with --of if you want these"),
    RefusedRun(
      name: "no parameters", arguments: ["posterior", "structure.yaml", "complete.csv", "--of", "rain"],
      status: 65,
      sentence: "structure.yaml: variables rain, sprinkler, grass have no parameters; learn them with latent fit"),
  ]

  @Test(arguments: refusals) func refusesInOneSentence(_ refusal: RefusedRun) throws { try refusal.check() }
}
