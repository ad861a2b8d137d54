import Foundation
import Testing

@Suite struct PlanTests {
  @Test func help() throws {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    try Screen(
      name: "help", arguments: ["plan", "--help"],
      output: """
        OVERVIEW: Say how long fit would take, how much memory it would need, and what
        makes both grow.

        The rows are read as fit reads them, and one start is run for up to half a
        second. Nothing is written; the model needs no parameters.

        Example: latent plan survey.yaml survey.csv

        USAGE: latent plan [<options>] <model> <data>

        ARGUMENTS:
          <model>                 The model. - is standard input.
          <data>                  The table. - is standard input.

        EXPECTATION-MAXIMIZATION:
          --starts <n>            How many starts the fit makes. Default: as fit.
          --threads <n>           How many threads work. (default: \(threads))
          --completion <completion>
                                  Complete every unobserved cell of a row (full), or
                                  only those with an observed descendant (minimal).
                                  (values: minimal, full; default: minimal)

        DATA:
          --missing <token>       Read TOKEN as a missing cell, besides the empty cell,
                                  NA, N/A, NaN, null, ? and those of the model file;
                                  repeatable, or several with commas. COLUMN=TOKEN for
                                  one column.
          --only-missing <token>  Read TOKEN as a missing cell, and no other token;
                                  repeatable.
          --weights <column>      The column that holds the weight of each row.
          --ignore-columns        Pass over columns that the model does not know.

        OPTIONS:
          --verbose               Say also what the plan rests on: components, nodes,
                                  and the time of each step.
          --json                  Print the plan as one JSON object.
          --quiet                 Print results and errors only.
          --memory-limit <MiB>    Refuse exact inference whose tables need more memory
                                  than this, in MiB. (default: 2048)
          --version               Show the version.
          -h, --help              Show help information.


        """
    ).check()
  }

  /// What the tool says, with an ellipsis where it says how long something took.
  private func plan(_ arguments: String...) throws -> ToolRun { try plan(arguments) }

  private func plan(_ arguments: [String]) throws -> ToolRun {
    var run = try RowExamples.run(["plan"] + arguments).run
    run.standardOutput.replace(/[0-9.]+ (µs|ms|s)(, measured| for)/) { "…\($0.output.2)" }
    run.standardOutput.replace(/seconds(_per_iteration)?" : [-0-9.e]+/) { "seconds\($0.output.1 ?? "")\" : …" }
    run.standardOutput.replace(/"iterations_of_a_start" : [0-9]+/, with: "\"iterations_of_a_start\" : …")
    return run
  }

  @Test func hiddenComponents() throws {
    let arguments = ["classes.yaml", "votes.csv", "--weights", "w", "--ignore-columns", "--threads", "1"]
    let screen = """
      rows              4, 2 of them complete
      weight            5.0
      missing cells     3
      latent variables  bloc
      free parameters   5
      time              about … for one start: one took 4 iterations, measured
      memory            0.5 KiB for each thread, besides the program itself
      different cases   3 of 3; a case is what is missing together in a row, and what is known beside it
      largest table     bloc: 2 joint states
      what grows        time and memory, with the different cases; rows that repeat one cost next to nothing

      """
    #expect(try plan(arguments) == ToolRun(status: 0, standardOutput: screen, standardError: ""))
    let internals = """

      engine              components: exact sums over distinct hidden components
      hidden components   3 in all rows, 3 distinct, of 2 shapes
      nodes               3 with 3 cells, computed in 2 groups
      counted once        0.0 % of the family counts
      time to compile     …, measured
      time per iteration  …, measured

      """
    let verbose = try plan(arguments + ["--verbose"])
    #expect(verbose == ToolRun(status: 0, standardOutput: screen + internals, standardError: ""))
    let many = try plan(arguments.dropLast() + ["8", "--starts", "6"]).standardOutput
    #expect(many.contains("time              about … for 6 starts, 6 at a time: one took 4 iterations, measured\n"))
  }

  /// Rows with numbers beside a hidden class cannot share anything.
  @Test func numbersGrowWithTheRows() throws {
    let folder = try Folder([
      "m.yaml": "latent: 1\nvariables: {z: {states: [a, b], latent: true}, x: {type: gaussian}}\nedges: [z -> x]\n",
      "d.csv": "x\n1\n2\n4\n",
    ])
    #expect(
      try Tool.run("plan", "m.yaml", "d.csv", in: folder).standardOutput.contains(
        "what grows        time and memory, with the rows: 3 have numbers beside something missing, as no other row has\n"
      ))
  }

  /// The model has no parameters, and nothing is hidden.
  @Test func counting() throws {
    let run = try plan("structure.yaml", "complete.csv")
    let screen = """
      rows             2, 2 of them complete
      missing cells    0
      free parameters  7
      time             about … for one start: one took 2 iterations, measured
      memory           0.2 KiB for each thread, besides the program itself
      what grows       nothing: every cell is counted once, when it is read

      """
    #expect(run == ToolRun(status: 0, standardOutput: screen, standardError: ""))
  }

  @Test func json() throws {
    let run = try plan("rain.yaml", "grass.csv", "--ignore-columns", "--completion", "full", "--json")
    let screen = """
      {
        "cells" : 8,
        "compile_seconds" : …,
        "complete_rows" : 0,
        "completion" : "full",
        "components" : 4,
        "constant_share" : 0.25,
        "distinct_components" : 4,
        "engine" : "components",
        "free_parameters" : 7,
        "groups" : 3,
        "incomplete_rows" : 4,
        "iterations_of_a_start" : …,
        "largest_clique" : [
          "rain",
          "sprinkler"
        ],
        "largest_clique_states" : 4,
        "latent_variables" : [

        ],
        "memory_bytes" : 856,
        "missing_cells" : 6,
        "nodes" : 6,
        "operations" : 34,
        "read_seconds" : …,
        "rows" : 4,
        "seconds" : …,
        "seconds_per_iteration" : …,
        "shapes" : 3,
        "starts" : 1,
        "total_weight" : 4
      }

      """
    #expect(run == ToolRun(status: 0, standardOutput: screen, standardError: ""))
  }

  @Test(arguments: [["--starts", "0"], ["--threads", "0"]]) func refusesCounts(_ arguments: [String]) throws {
    let run = try plan(["rain.yaml", "grass.csv"] + arguments)
    #expect(run.status == 64)
    #expect(run.standardError.hasPrefix("Error: \(arguments[0]) 0: expected 1 to 10"))
  }

  @Test func refusesWhatFitRefuses() throws {
    try RefusedRun(
      name: "weights", arguments: ["plan", "rain.yaml", "weightless.csv", "--weights", "w"], status: 65,
      sentence: "weightless.csv: every row has weight 0, so there is nothing to learn from"
    ).check()
  }

  /// Eighteen latent parents of one observed child are one clique.
  @Test func namesTheCliqueThatDoesNotFit() throws {
    let parents = (0..<18).map { "p\($0)" }
    let variables = parents.map { "  \($0): {states: [n, y], latent: true}\n" }.joined()
    let edges = parents.map { "  - \($0) -> c\n" }.joined()
    let folder = try Folder([
      "wide.yaml": "latent: 1\nvariables:\n\(variables)  c: {states: [n, y]}\nedges:\n\(edges)", "c.csv": "c\ny\n",
    ])
    let run = try Tool.run("plan", "wide.yaml", "c.csv", "--memory-limit", "1", in: folder)
    let sentence =
      "exact inference needs one table over p0, p1, p2, p3, p4, p5, p6, p7 and 10 more with 262144 joint states, that "
      + "is 2 MiB, above the limit of 1 MiB; raise the limit, remove edges or observe more variables\n"
    #expect(run == ToolRun(status: 65, standardOutput: "", standardError: sentence))
  }

  /// Zeros of a fixed table stay in every start.
  @Test func refusesWhatAFixedTableRulesOut() throws {
    let model = try #require(RowExamples.files["rain.yaml"])
    let folder = try Folder([
      "fixed.yaml": model.replacing("states: [off, on]", with: "states: [off, on], fixed: true"),
      "d.csv": "rain,sprinkler,grass\nno,on,\nyes,on,wet\n",
    ])
    let run = try Tool.run("plan", "fixed.yaml", "d.csv", in: folder)
    let sentence =
      "d.csv: 1 row has probability 0 under fixed.yaml: line 3 (P(sprinkler=on | rain=yes) is 0); correct the cells, or "
      + "the zeros of the model\n"
    #expect(run == ToolRun(status: 65, standardOutput: "", standardError: sentence))
  }
}
