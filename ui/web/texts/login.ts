export const zh = {
  title: '登录百川',
  name: '账号',
  password: '密码',
  submit: '登录',
  wrong: '账号或密码不对',
  tooMany: '尝试次数过多，请稍后再试',
  first: '首次使用：启动服务的终端里打印了管理员账号和一次性密码。',
  nameNeeded: '请输入账号',
  passwordNeeded: '请输入密码',
};

export const en: typeof zh = {
  title: 'Sign in to Tributary',
  name: 'Account',
  password: 'Password',
  submit: 'Sign in',
  wrong: 'Account or password is not right',
  tooMany: 'Too many tries; wait a while',
  first: 'First use: the terminal that started the service printed an administrator account and its password.',
  nameNeeded: 'Enter the account',
  passwordNeeded: 'Enter the password',
};
