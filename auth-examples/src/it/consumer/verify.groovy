// What ran is read from the reports: a build in which no test was found is no proof.
def cases = { String type ->
    def report = new File(basedir, "target/surefire-reports/TEST-consumer.${type}.xml")
    assert report.exists(): "${type} did not run"
    new groovy.xml.XmlSlurper().parse(report).testcase.list()
}
def passed = { it.failure.isEmpty() && it.error.isEmpty() && it.skipped.isEmpty() }
assert cases("SignInTest").size() == 2
assert cases("SignInTest").every(passed)

// The kit's own report says the same of each rule, and Surefire's names the store and the rule.
def console = new File(basedir, "build.log").text
def conforms = { String type, List<String> deviating ->
    def all = cases(type)
    def report = new groovy.json.JsonSlurper().parse(new File(basedir, "target/auth-conformance/consumer.${type}.json"))
    assert all.size() >= 100
    assert report.store == "consumer.${type}"
    assert report.contract ==~ /[0-9]+\.[0-9]+/
    assert [report.rules, report.passed, report.failed, report.deviating, report.notRun] ==
            [all.size(), all.size() - deviating.size(), 0, deviating.size(), 0]
    assert report.results.findAll { it.result == "deviating" }*.rule == deviating
    assert all.every { it.@classname.text() == "consumer.${type}" }
    def names = all.collect { it.@name.text() }
    assert report.results.every { rule ->
        names.count { it.matches(rule.rule.replace("-", "").toLowerCase() + "[A-Z].*") } == 1
    }
    assert all.count(passed) == report.passed
    def row = console.readLines().findAll { it.contains("  consumer.${type} ") && !it.contains(":") }
    assert row.size() == 1
    assert row[0].trim().split(/ +/)[1..4]*.toInteger() ==
            [report.passed, report.failed, report.deviating, report.notRun]
}
conforms("InMemoryStoresTest", [])
conforms("DeviatingStoresTest", ["STO-10", "STO-17"])
def skipped = cases("DeviatingStoresTest").findAll { !it.skipped.isEmpty() }
assert skipped.size() == 2
assert skipped.any {
    it.@name.text().startsWith("sto10") && it.skipped.text().contains(
            "STO-10 deviates by declaration: the backend ends each line of a label by a line feed alone")
}
assert console.count("The contract of the stores, version ") == 1
