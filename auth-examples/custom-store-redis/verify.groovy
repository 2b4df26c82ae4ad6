// The build of Minotaur Auth runs this after it has built a copy of this project; a project of your own does not need it.
def properties = new groovy.xml.XmlSlurper().parse(new File(basedir, "pom.xml")).properties
assert properties."auth.version" == authVersion
assert properties."junit.version" == junitVersion
assert properties."jedis.version" == jedisVersion
assert properties."embedded-redis.version" == embeddedRedisVersion

// What ran is read from the report: a build in which no test was found is no proof.
def report = new File(basedir, "target/surefire-reports/TEST-org.example.redis.RedisStoresTest.xml")
assert report.exists(): "RedisStoresTest did not run"
def cases = new groovy.xml.XmlSlurper().parse(report).testcase
assert cases.every { it.failure.isEmpty() && it.error.isEmpty() && it.skipped.isEmpty() }: "RedisStoresTest did not pass"
assert cases.size() >= 200
