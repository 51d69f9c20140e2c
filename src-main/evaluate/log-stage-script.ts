// What the shell of a stage does before it takes commands: a server of its own, in namespaces that end with it. Nothing of what it changes
// under /etc, /home, /run, /dev, /var/log or among the network's addresses is the machine's own.

/** Reserved for examples and measurements (RFC 5737, RFC 2544): the server, where its people come from, and where nobody should come from. */
const SERVER = '192.0.2.1';
const HOMES = '198.51.100.0/24';
const STRANGERS = '203.0.113.0/24 198.18.0.0/15';

const NAMESPACE = `
set -e
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
hostname server
ip link set lo up
ip addr add ${SERVER}/32 dev lo
for net in ${HOMES} ${STRANGERS}; do ip route add local "$net" dev lo; done
mount -t tmpfs stage /mnt
for folder in etc var/lib var/spool root; do
  mkdir -p "/mnt/$folder/new" "/mnt/$folder/work"
  mount -t overlay stage -o "lowerdir=/$folder,upperdir=/mnt/$folder/new,workdir=/mnt/$folder/work" "/$folder"
done
echo '${SERVER} server' >> /etc/hosts
mount --bind "$LOGS" /var/log
for folder in home run dev; do mount -t tmpfs -o mode=755 stage "/$folder"; done
for device in 'null 3' 'zero 5' 'full 7' 'random 8' 'urandom 9'; do set -- $device; mknod -m 666 "/dev/$1" c 1 "$2"; done
mknod -m 666 /dev/tty c 5 0
mkdir /dev/pts /dev/shm && mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
ln -s pts/ptmx /dev/ptmx && ln -s /proc/self/fd /dev/fd
mkdir /run/sshd /run/lock
`;

/** alice may use sudo with her password, bob and carol may not; each has a key. A refused password is not waited for. */
const PEOPLE = `
sed -i 's/pam_unix.so nullok/pam_unix.so nullok nodelay/' /etc/pam.d/common-auth
echo 'alice ALL=(ALL:ALL) ALL' > /etc/sudoers.d/stage && chmod 440 /etc/sudoers.d/stage
ssh-keygen -q -t ed25519 -N '' -f /mnt/key
ssh-keygen -q -t ed25519 -N '' -f /mnt/host-key
for name in alice bob carol; do
  userdel "$name" 2>/dev/null || true
  useradd -m -s /bin/bash "$name"
  echo "$name:right-$name" | chpasswd
  mkdir "/home/$name/.ssh" && cp /mnt/key.pub "/home/$name/.ssh/authorized_keys" && chown -R "$name:$name" "/home/$name"
done
echo 'root:right-root' | chpasswd
cat > /mnt/sshd.conf <<END
HostKey /mnt/host-key
ListenAddress ${SERVER}
UsePAM yes
UseDNS no
PasswordAuthentication yes
PermitRootLogin yes
MaxStartups 500
Subsystem sftp internal-sftp
END
`;

/** What of rsyslog and journald is used is as Debian ships it, but for one file with full times. */
const LOGGERS = {
  rsyslog: `
printf 'module(load="imuxsock")\\n*.* /var/log/auth.log;RSYSLOG_FileFormat\\n' > /mnt/rsyslog.conf
write_logs() { rsyslogd -f /mnt/rsyslog.conf -i /run/rsyslogd.pid; }
stop_logs() { kill "$(cat /run/rsyslogd.pid)"; }
write_logs
for wait in $(seq 100); do [ -S /dev/log ] && break; sleep 0.05; done
`,
  journald: `
mkdir -p /run/systemd/journal /run/log/journal /var/log/journal && mount --bind /var/log/journal /run/log/journal
printf '[Journal]\\nStorage=volatile\\nReadKMsg=no\\nAudit=no\\nForwardToWall=no\\n' > /etc/systemd/journald.conf
/lib/systemd/systemd-journald &
for wait in $(seq 100); do [ -S /run/systemd/journal/dev-log ] && break; sleep 0.05; done
ln -s /run/systemd/journal/dev-log /dev/log
`,
} as const;

export type Logger = keyof typeof LOGGERS;

/** What the scripts of a stage are written in. A stage waits for each line to be written before it goes on. */
const WORDS = `
OPTIONS='-F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o NumberOfPasswordPrompts=1'
by_password() { from=$1 who=$2 word=$3; shift 3
  timeout 20 sshpass -p "$word" ssh $OPTIONS -o PreferredAuthentications=password -b "$from" -l "$who" ${SERVER} "$@" >/dev/null 2>&1 </dev/null || true; }
failed() { by_password "$1" "$2" wrong true; }
login() { from=$1 who=$2; shift 2; by_password "$from" "$who" "right-$who" "$@"; }
by_key() { from=$1 who=$2; shift 2
  timeout 20 ssh $OPTIONS -o PreferredAuthentications=publickey -i /mnt/key -b "$from" -l "$who" ${SERVER} "$@" >/dev/null 2>&1 </dev/null || true; }
sftp_key() { echo ls | timeout 20 sftp $OPTIONS -b - -i /mnt/key -o BindAddress="$1" "$2@${SERVER}" >/dev/null 2>&1 || true; }
as_root() { from=$1 who=$2 command=$3; by_key "$from" "$who" "echo right-$who | sudo -S -p '' $command"; }
mark() { sleep 0.06; logger -t stage-mark -- "$1"; }
set +e
$(command -v sshd) -f /mnt/sshd.conf
for wait in $(seq 100); do (exec 3<>/dev/tcp/${SERVER}/22) 2>/dev/null && break; sleep 0.05; done
`;

export const setUp = (logger: Logger): string => NAMESPACE + PEOPLE + LOGGERS[logger] + WORDS;
