import Foundation
import Testing

@Suite struct InitTests {
  static let survey = """
    id,smoke,age,cough,note,grade
    a1,yes,10,no,,1
    b2,no,9,,,2
    c3,,-9,yes,,1
    d4,no,9,yes,,2
    e5,yes,10,no,,1
    f6,no,9,,,2
    g7,yes,8,no,,1
    h8,no,9,yes,,2
    i9,yes,10,no,,1

    """

  @Test func writesAModelToEditAndSaysHowColumnsWereRead() throws {
    let folder = try Folder(["survey.csv": Self.survey])
    let run = try Tool.run(
      "init", "survey.csv", "--latent", "bloc=3", "--edges", "bloc -> *", "-o", "m.yaml", in: folder)
    #expect(
      run
        == ToolRun(
          status: 0, standardOutput: "",
          standardError: """
            column  states  missing  read as
            id           9        0  left out, like names or row numbers
            smoke        2        1  labels
            age          4        0  whole numbers, as categories; if -9 stands for missing: --missing age=-9
            cough        2        2  labels
            note                     left out, every cell is missing
            grade        2        0  whole numbers, as categories
            numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4
            left out: id, note; --states COLUMN keeps one, and fit passes over them with --ignore-columns
            next: latent fit m.yaml survey.csv --ignore-columns -o fitted.yaml

            """))
    #expect(
      folder.text(of: "m.yaml") == """
        # Made from survey.csv; edit it, then learn the parameters with
        #   latent fit m.yaml survey.csv --ignore-columns -o fitted.yaml
        # Columns left out: id, note
        latent: 1
        variables:
          bloc: {states: ["1", "2", "3"], latent: true}
          smoke: {states: ["no", "yes"]}
          age: {states: ["-9", "8", "9", "10"]}
          cough: {states: ["no", "yes"]}
          grade: {states: ["1", "2"]}
        edges:
          - bloc -> *

        """)
    let fit = try Tool.run("fit", "m.yaml", "survey.csv", "--ignore-columns", "-o", "fitted.yaml", in: folder)
    #expect(fit.status == 0)
    #expect(folder.files == ["fitted.yaml", "m.yaml", "survey.csv"])
  }

  @Test func standardOutputWithoutEdgesShowsHowToWriteThem() throws {
    let run = try Tool.run(
      "init", "-", "--quiet", "--weights", "n", "--missing", "color=it's", input: "color,n\nred,2\nit's,1\n",
      in: Folder())
    #expect(
      run
        == ToolRun(
          status: 0,
          standardOutput: """
            # Made from standard input; edit it, then learn the parameters with
            #   latent fit MODEL DATA --weights n -o fitted.yaml
            # Without edges all variables are independent. Edges look like this:
            #   edges:
            #     - parent -> child
            #     - parent -> [child, other]
            #     - parent -> *
            latent: 1
            variables:
              color: {states: [red], missing: ["it's"]}

            """, standardError: ""))
  }

  @Test(arguments: [
    (["--template", "independent", "--edges", "smoke -> [cough, age]"], ["smoke -> [age, cough]"]),
    (["--template", "naive-bayes", "--class", "cough"], ["cough -> *"]),
    (["--template", "latent-class"], ["class -> *"]),
    (["--template", "latent-class", "--latent", "bloc=4", "--edges", "age -> smoke"], ["bloc -> *", "age -> smoke"]),
    (
      ["--edges", "smoke -> age -> cough", "--edges", "grade -> cough"],
      ["smoke -> age", "age -> cough", "grade -> cough"]
    ),
  ])
  func edges(_ arguments: [String], lines: [String]) throws {
    let run = try Tool.run(["init", "-", "--quiet"] + arguments, input: Self.survey, in: Folder())
    #expect(run.status == 0)
    let written = run.standardOutput.split(separator: "\n").drop { $0 != "edges:" }.dropFirst()
    #expect(written.map { String($0.dropFirst(4)) } == lines)
  }

  @Test(arguments: [
    (["--template", "latent-class"], "class", 2), (["--template", "latent-class", "--classes", "4"], "class", 4),
    (["--template", "latent-class", "--latent", "a=b=3"], "a=b", 3), (["--latent", "x=2", "--latent", "y=5"], "y", 5),
  ])
  func latentVariables(_ arguments: [String], name: String, size: Int) throws {
    let folder = try Folder(["survey.csv": Self.survey])
    #expect(try Tool.run(["init", "survey.csv", "-o", "m.json"] + arguments, in: folder).status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(folder.text(of: "m.json")?.utf8 ?? "".utf8))
    let variables = (document as? [String: Any])?["variables"] as? [String: [String: Any]]
    #expect(variables?[name]?["latent"] as? Bool == true)
    #expect(variables?[name]?["states"] as? [String] == (1...size).map { "\($0)" })
  }

  @Test func measurementsAreNumbersUnlessKeptAsStates() throws {
    let rows = (0..<60).map { "\($0 % 21),\($0 % 20),\(Double($0 % 11) / 2),\(Double($0 % 10) / 2),w\($0 % 51)" }
    let folder = try Folder(["d.csv": "days,level,depth,dose,word\n" + rows.joined(separator: "\n") + "\n"])
    let plain = try Tool.run("init", "d.csv", "-o", "m.yaml", in: folder)
    #expect(
      plain.standardError == """
        column  states  missing  read as
        days                  0  numbers, as measurements
        level       20        0  whole numbers, as categories
        depth                 0  numbers, as measurements
        dose        10        0  numbers, as categories
        word        51        0  left out, like names or row numbers
        numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4
        left out: word; --states COLUMN keeps one, and fit passes over them with --ignore-columns
        next: latent fit m.yaml d.csv --ignore-columns -o fitted.yaml

        """)
    let kept = try Tool.run(
      "init", "d.csv", "-o", "m.yaml", "--force", "--keep", "depth", "--keep", "word", "--states", "days", in: folder)
    #expect(
      kept.standardError == """
        column  states  missing  read as
        days        21        0  whole numbers, as categories
        level       20        0  whole numbers, as categories
        depth       11        0  numbers, as categories
        dose        10        0  numbers, as categories
        word        51        0  kept as asked
        numbers are read otherwise with --real COLUMN, --states COLUMN, --count COLUMN or --bins COLUMN=4
        next: latent fit m.yaml d.csv -o fitted.yaml

        """)
  }

  @Test func manyPlainColumnsAreNotAllListed() throws {
    let names = (1...44).map { "v\($0)" }
    let rows = [names.map { _ in "a" }, names.map { $0 == "v43" ? "1" : "b" }]
    let table = ([names] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    let run = try Tool.run("init", "-", input: table, in: Folder())
    let lines = run.standardError.split(separator: "\n")
    #expect(lines.count == 1 + 40 + 1)
    #expect(lines.last == "… and 4 columns of labels more")
  }

  @Test(arguments: [
    Refusal(64, ["--edges", "smok -> age"], "--edges 'smok -> age': 'smok' is not a variable; did you mean 'smoke'?"),
    Refusal(
      64, ["--edges", "xyzzy -> age"],
      "--edges 'xyzzy -> age': 'xyzzy' is not a variable; the variables are smoke, age, cough, grade"),
    Refusal(
      64, ["--edges", "smoke age"], "--edges 'smoke age': 'smoke age' is not an edge; write 'parent -> child'"),
    Refusal(
      64, ["--edges", "smoke -> *", "--edges", "smoke -> age"],
      "--edges 'smoke -> age': the edge smoke -> age is there twice; list it once"),
    Refusal(
      64, ["--edges", "smoke -> age -> smoke"],
      "--edges: the edges form a cycle: age -> smoke -> age; remove one of them"),
    Refusal(
      64, ["--latent", "age=2"],
      "--latent: age is a column of survey.csv; choose another name, as in --latent hidden=2"),
    Refusal(
      64, ["--latent", "note=3"],
      "--latent: note is a column of survey.csv; choose another name, as in --latent hidden=3"),
    Refusal(
      64, ["--template", "naive-bayes", "--class", "cogh"],
      "--class: there is no column 'cogh'; did you mean 'cough'?"),
    Refusal(
      64, ["--template", "naive-bayes", "--class", "id"],
      "--class: column id looks like names or row numbers and is left out; keep it with --states id"),
    Refusal(64, ["--keep", "idd"], "--states: there is no column 'idd'; did you mean 'id'?"),
    Refusal(
      64, ["--keep", "note"],
      "--states: every cell of column note is missing; add the variable and its states to the model file"),
    Refusal(
      65, ["--weights", "smoke"],
      "survey.csv:2: column smoke: 'yes' is not a weight; expected a finite number, 0 or greater"),
  ])
  func refuses(_ refusal: Refusal) throws {
    let folder = try Folder(["survey.csv": Self.survey])
    #expect(try Tool.run(["init", "survey.csv", "-o", "m.yaml"] + refusal.arguments, in: folder) == refusal.run)
    #expect(folder.files == ["survey.csv"])
  }

  @Test(arguments: [
    Refusal(
      64, ["-o", "m.bif"], "m.bif: this format needs parameters, which init does not know; write .yaml or .json"),
    Refusal(
      64, ["-o", "m.uai"], "m.uai: this format needs parameters, which init does not know; write .yaml or .json"),
    Refusal(
      64, ["--by", "age"], "--by and --order are for --template hmm; add it, or write 'sequence' into the model"),
    Refusal(
      64, ["--template", "naive-bayes"],
      "--template naive-bayes needs --class COLUMN, the column that the others depend on"),
    Refusal(
      64, ["--class", "age"], "--class is for --template naive-bayes; add it, or write --edges 'COLUMN -> *'"),
    Refusal(64, ["--classes", "3"], "--classes is for --template latent-class; add it, or use --latent NAME=K"),
    Refusal(
      64, ["--template", "latent-class", "--classes", "1"],
      "--classes 1: expected a number of states from 2 to 32767"),
    Refusal(
      64, ["--template", "latent-class", "--classes", "3", "--latent", "b=2"],
      "--latent NAME=K says the number of states already; leave out --classes"),
    Refusal(
      64, ["--template", "latent-class", "--latent", "a=2", "--latent", "b=2"],
      "--template latent-class has one latent variable, found 2; write the edges with --edges"),
    Refusal(
      64, ["--latent", "a=2", "--latent", "a=3"],
      "--latent a is there twice; give each latent variable its own name"),
    Refusal(
      64, ["--latent", "a=1"],
      "The value 'a=1' is invalid for '--latent <name=k>': expected a name and a number of states from 2, such as bloc=3"
    ),
  ])
  func refusesWrongUsage(_ refusal: Refusal) throws {
    let folder = try Folder(["survey.csv": Self.survey])
    let run = try Tool.run(["init", "survey.csv"] + refusal.arguments, in: folder)
    #expect(run.status == refusal.status)
    #expect(run.standardOutput == "")
    #expect(run.standardError.hasPrefix("Error: \(refusal.sentence)\n"))
    #expect(folder.files == ["survey.csv"])
  }

  @Test func aTableOfNamesAndRowNumbersHasNoVariables() throws {
    let rows = (0..<30).map { "\($0),n\($0)\n" }.joined()
    let sentence =
      "flow.csv: no column looks like a variable (year, name); name with --states or --real those that are"
    #expect(
      try Tool.run("init", "flow.csv", in: Folder(["flow.csv": "year,name\n" + rows])) == Refusal(65, [], sentence).run)
  }

  @Test func help() throws {
    #expect(
      try Tool.run("init", "--help", in: Folder()).standardOutput == """
        OVERVIEW: Read a table and write a model file to edit.

        Variables and states are those found in the table. Columns that look like names
        are left out; how each column was read is said on standard error, and the
        options under COLUMNS change it.

        Example: latent init votes.csv --latent bloc=3 --edges 'bloc -> *' -o votes.yaml

        USAGE: latent init [<options>] <data>

        ARGUMENTS:
          <data>                  The table, with a header. - is standard input.

        STRUCTURE:
          --template <template>   Begin with independent variables, naive-bayes (edges
                                  from --class to all others), latent-class (from a
                                  latent variable to all others), hmm (a latent
                                  variable that depends on its previous step, and from
                                  it to all others), normal (one block of all real
                                  numbers) or mixture (a latent variable above such a
                                  block). (values: independent, naive-bayes,
                                  latent-class, normal, mixture, hmm; default:
                                  independent)
          --class <column>        The column that is the class of naive-bayes.
          --classes <k>           The number of states of the latent variable of
                                  latent-class. Default: 2.
          --components <k>        The number of components of mixture. Default: 2.
          --by <column>           With hmm: the column whose value the rows of a
                                  sequence have in common.
          --order <column>        With hmm: the column that rises from step to step.
          --covariance <covariance>
                                  How the numbers of mixture spread. Default: full.
                                  (values: full, diagonal, tied, spherical)
          --latent <name=k>       Add a latent variable with the states 1 to k;
                                  repeatable. With latent-class or mixture it is the
                                  class.
          --edges <edges>         Add edges: 'a -> b', 'a -> [b, c]', or 'a -> *' for
                                  all others that are not latent; repeatable.

        COLUMNS:
          --states, --keep <column>
                                  Read the column as states, whatever it looks like:
                                  names, or numbers of many values; repeatable.
          --real <column>         Read the column as real numbers; repeatable.
          --count <column>        Read the column as counts, whole numbers from 0;
                                  repeatable.
          --bins <column=cuts>    Cut the numbers of a column into intervals: Wind=4 at
                                  quantiles, Wind=4:width into equal widths,
                                  Wind=7,10,15 at these numbers; repeatable.

        DATA:
          --missing <token>       Read TOKEN as a missing cell, besides the empty cell,
                                  NA, N/A, NaN, null, ? and those of the model file;
                                  repeatable, or several with commas. COLUMN=TOKEN for
                                  one column.
          --only-missing <token>  Read TOKEN as a missing cell, and no other token;
                                  repeatable.
          --weights <column>      The column that holds the weight of each row.

        OPTIONS:
          -o, --output <file>     Write the model to FILE, .yaml or .json; - is
                                  standard output. (default: -)
          --force                 Replace the model file if there is one already.
          --quiet                 Print results and errors only.
          --version               Show the version.
          -h, --help              Show help information.


        """)
  }
}
