// What ran is read from the reports: a build in which no test was found is no proof.
def passed = { String type ->
    def report = new File(basedir, "target/surefire-reports/TEST-consumer.${type}.xml")
    assert report.exists(): "${type} did not run"
    def cases = new groovy.xml.XmlSlurper().parse(report).testcase
    assert cases.every { it.failure.isEmpty() && it.error.isEmpty() && it.skipped.isEmpty() }: "${type} did not pass"
    cases.size()
}
assert passed("SignInTest") == 2
assert passed("InMemoryStoresTest") >= 100
